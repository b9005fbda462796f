"""What marks the files that the program itself writes, so that none is read as an export by accident."""

MANIFEST = "manifest.json"
MANIFEST_SCHEMA = "hotline-stats/manifest/"
"""What the schema of every manifest of ours begins with."""
CLASSIFIED = ("type_primary", "type_labels", "type_evidence", "type_margin")
"""The columns that `classify` adds."""
