"""From the plan to files: departments side by side in processes, and only what changed.

A department is the unit of work, of what is kept from build to build, and of sharing a city between
machines. What a department leaves behind (``Left``) is all that the rest of the site needs of it.
"""
