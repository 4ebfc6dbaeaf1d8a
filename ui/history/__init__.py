"""History: who changed what when, versions compared, the old had back, versions signed off."""
