package io.holdfast.agent.owner;

import io.holdfast.domain.report.CheckResult;

/**
 * What a check found.
 *
 * @param sourceHealthy the source's health URL said 200 right after; false if there is none
 * @param detail for people
 */
record Answer(CheckResult result, boolean sourceHealthy, String detail) {}
