"""Who may do what: roles, grants, levels of access, and the role that may see production's shape."""
