"""Many articles read: on all cores or on a cluster, each exactly once, whatever a file does to its reader."""
