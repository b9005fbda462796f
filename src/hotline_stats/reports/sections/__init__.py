"""The sections of a report, one file each: from what is reported on to blocks without numbers."""
