-- A tenure that began because a release was undone names the one that had ended.
ALTER TABLE tenure ADD COLUMN restores bigint;
