-- GiST splits a page by its first column, and compares with every entry of a page. Most rows had the same network there: pages
-- overlapped in their addresses, and each check of a new address walked over most of the index. A number that differs from item to
-- item (network and address) comes first now: what follows is compared only where that is the same.
ALTER TABLE tenure
  ADD COLUMN slot bigint GENERATED ALWAYS AS (hashtextextended(item, 0)) STORED,
  DROP CONSTRAINT one_holder,
  ADD CONSTRAINT one_holder EXCLUDE USING gist (slot WITH =, ip inet_ops WITH =, occupied WITH &&);
ALTER TABLE gateway_placement
  DROP CONSTRAINT one_node,
  ADD CONSTRAINT one_node EXCLUDE USING gist (gateway WITH =, network WITH =, period WITH &&);
