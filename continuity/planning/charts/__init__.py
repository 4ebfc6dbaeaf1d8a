"""Pictures of plans as SVG: readable in colour, in the dark, and in black and white."""
