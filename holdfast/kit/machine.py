"""How large may the database server that we start ourselves become on this machine?"""

import os
from pathlib import Path

MB = 1024**2
MOST_BUFFERS = 2048 * MB  # our choice: what Holdfast reads every day fits, and the rest is the machine's
CONTAINER_LIMIT = Path("/sys/fs/cgroup/memory.max")


def memory() -> int:
    """Return the bytes of memory that this machine, or the container we are in, has."""
    whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    allowed = CONTAINER_LIMIT.read_text().strip() if CONTAINER_LIMIT.exists() else ""
    return min(whole, int(allowed)) if allowed.isdigit() else whole


def sized_for(memory_bytes: int) -> dict[str, str]:
    """Return settings for a machine that PostgreSQL shares with Holdfast; its own are for a far smaller one.

    A million people's tables are far larger than the 128 MB it would keep at hand.
    """
    quarter = min(memory_bytes // 4, MOST_BUFFERS)
    return {
        "shared_buffers": f"{max(quarter // MB, 128)}MB",
        "effective_cache_size": f"{max(memory_bytes // 2 // MB, 256)}MB",
        "random_page_cost": "1.1",  # disks have no arm that must travel
        "jit": "off",  # our statements are short: to compile one takes longer than to run it
    }
