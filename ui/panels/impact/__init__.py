"""Impact: how bad an outage is, what is needed and achievable, what it all rests on."""
