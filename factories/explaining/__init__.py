"""How each constraint is met, in words."""
