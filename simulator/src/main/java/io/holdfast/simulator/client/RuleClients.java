package io.holdfast.simulator.client;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;

/** Users who lead traffic through their addresses: few internal sides, so that they collide. */
final class RuleClients {
  static final String VPC = "vpc1";

  private RuleClients() {}

  private static IpAddress inside(Scene scene, IpAddress ip) {
    int host = scene.dice().between(1, 6);
    return IpAddress.parse((ip.family() == IpFamily.V4 ? "192.168.0." : "fd00::") + host);
  }

  private static Cidr source(Scene scene, IpAddress ip) {
    int net = scene.dice().between(1, 3);
    return Cidr.parse(
        ip.family() == IpFamily.V4 ? "192.168." + net + ".0/24" : "fd00:" + net + "::/64");
  }

  private static IpAddress eip(Scene scene) {
    return scene.address(Phase.ALLOCATED);
  }

  static Wish bindFip(Scene scene) {
    IpAddress ip = eip(scene);
    return Wish.ask(
        new Command.BindFip(
            ip, inside(scene, ip), VPC, scene.dice().percent(50), scene.tenure(ip)));
  }

  static Wish unbindFip(Scene scene) {
    IpAddress ip = eip(scene);
    return Wish.ask(new Command.UnbindFip(ip, scene.tenure(ip)));
  }

  static Wish addDnat(Scene scene) {
    IpAddress ip = eip(scene);
    return Wish.ask(
        new Command.AddDnat(
            ip,
            Protocol.TCP,
            80 + scene.dice().below(2),
            inside(scene, ip),
            8080,
            VPC,
            scene.dice().percent(50),
            scene.tenure(ip)));
  }

  static Wish removeDnat(Scene scene) {
    IpAddress ip = eip(scene);
    return Wish.ask(
        new Command.RemoveDnat(ip, Protocol.TCP, 80 + scene.dice().below(2), scene.tenure(ip)));
  }

  static Wish addSnat(Scene scene) {
    IpAddress ip = eip(scene);
    return Wish.ask(new Command.AddSnat(ip, source(scene, ip), VPC, scene.tenure(ip)));
  }

  static Wish removeSnat(Scene scene) {
    IpAddress ip = eip(scene);
    return Wish.ask(new Command.RemoveSnat(ip, source(scene, ip), scene.tenure(ip)));
  }
}
