"""Record kinds, edits and the organisation: the model of an agency, free of files and windows."""
