"""Reports → Identity: which article entities, posts and events are one."""
