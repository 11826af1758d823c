//! The limits of Linux's control groups, versions 1 and 2: those of the process' group and of every group above it.

use std::fs;
use std::path::{Path, PathBuf};

use super::limit::Limit;

/// The files of a version, and the lines of `memory.stat` that count what the kernel takes back before it kills.
struct Version {
    limit: &'static str,
    usage: &'static str,
    cache: [&'static str; 2],
}

const V1: Version = Version {
    limit: "memory.limit_in_bytes",
    usage: "memory.usage_in_bytes",
    cache: ["total_inactive_file", "total_active_file"],
};

const V2: Version =
    Version { limit: "memory.max", usage: "memory.current", cache: ["inactive_file", "active_file"] };

/// A group's limit that is no limit: version 1 says so by the largest number of whole pages.
const NONE: u64 = 1 << 62;

/// The limits that this process is under. `held` is what it holds, where a group does not tell.
pub fn limits(held: Option<u64>) -> Vec<Limit> {
    let read = |name| fs::read_to_string(Path::new("/proc/self").join(name)).ok();
    match (read("cgroup"), read("mountinfo")) {
        (Some(groups), Some(mounts)) => {
            chains(&groups, &mounts).iter().flat_map(|(version, chain)| along(version, chain, held)).collect()
        }
        _ => Vec::new(),
    }
}

/// The folders of the process' groups, from its own to the top of what is mounted, for each version.
fn chains(groups: &str, mounts: &str) -> Vec<(&'static Version, Vec<PathBuf>)> {
    let mut chains = Vec::new();
    for line in mounts.lines() {
        // 32 31 0:29 /root/of/the/mount /mount/point rw,relatime - cgroup source rw,memory
        let Some((mount, system)) = line.split_once(" - ") else { continue };
        let (mount, system): (Vec<_>, Vec<_>) = (mount.split(' ').collect(), system.split(' ').collect());
        let (Some(root), Some(point)) = (mount.get(3), mount.get(4)) else { continue };
        let has_memory =
            || system.last().is_some_and(|options| options.split(',').any(|name| name == "memory"));
        let version = match system.first() {
            Some(&"cgroup2") => &V2,
            Some(&"cgroup") if has_memory() => &V1,
            _ => continue,
        };
        if let Some(group) = groups.lines().find_map(|line| group_of(line, version)) {
            chains.push((version, chain(Path::new(group), Path::new(root), Path::new(point))));
        }
    }
    chains
}

/// The group that a line of `/proc/self/cgroup` names: `4:memory:/path` in version 1, `0::/path` in version 2.
fn group_of<'a>(line: &'a str, version: &Version) -> Option<&'a str> {
    let mut fields = line.splitn(3, ':');
    let (id, controllers, group) = (fields.next()?, fields.next()?, fields.next()?);
    let is_it = if version.limit == V2.limit {
        id == "0" && controllers.is_empty()
    } else {
        controllers.split(',').any(|name| name == "memory")
    };
    is_it.then_some(group)
}

/// The folders from a group up to the mount. A container sees the mount of its own group, and its path from outside.
fn chain(group: &Path, root: &Path, point: &Path) -> Vec<PathBuf> {
    let below = group.strip_prefix(root).unwrap_or(Path::new(""));
    let below = below.strip_prefix("/").unwrap_or(below);
    let folder = if below == Path::new("") { point.to_path_buf() } else { point.join(below) };
    folder.ancestors().take_while(|folder| folder.starts_with(point)).map(Path::to_path_buf).collect()
}

fn along(version: &Version, chain: &[PathBuf], held: Option<u64>) -> Vec<Limit> {
    let limits = chain.iter().filter_map(|folder| {
        let read = |name| fs::read_to_string(folder.join(name)).ok();
        let bytes = read(version.limit)?.trim().parse().ok().filter(|&bytes| bytes < NONE)?;
        let usage = read(version.usage).and_then(|usage| usage.trim().parse::<u64>().ok());
        match usage {
            Some(usage) => {
                let cache = read("memory.stat").map_or(0, |stat| cache(version, &stat));
                Some(Limit { bytes, held: usage.saturating_sub(cache) })
            }
            None => Some(Limit { bytes, held: held.unwrap_or(0) }).filter(Limit::is_in_force),
        }
    });
    limits.collect()
}

fn cache(version: &Version, stat: &str) -> u64 {
    let lines = stat.lines().filter_map(|line| line.split_once(' '));
    lines
        .filter(|(name, _)| version.cache.contains(name))
        .filter_map(|(_, bytes)| bytes.parse::<u64>().ok())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu
35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:7 - cgroup cgroup rw,memory
41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
";

    fn folders(groups: &str, mounts: &str) -> Vec<Vec<String>> {
        let text = |chain: Vec<PathBuf>| chain.iter().map(|folder| folder.display().to_string()).collect();
        chains(groups, mounts).into_iter().map(|(_, chain)| text(chain)).collect()
    }

    #[test]
    fn every_group_up_to_the_mount_is_found() {
        let groups = "5:cpu:/elsewhere\n4:memory:/a/b\n0::/\n";
        let memory = ["/a/b", "/a", ""].map(|group| format!("/sys/fs/cgroup/memory{group}")).to_vec();
        assert_eq!(folders(groups, MOUNTS), [memory, vec!["/sys/fs/cgroup/unified".to_owned()]]);
        let unified = "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup rw,nsdelegate\n";
        assert_eq!(folders("0::/user/app:1\n", unified)[0].len(), 3);
    }

    #[test]
    fn a_container_sees_its_own_group() {
        let mounts = "9 8 0:1 /docker/7f /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n";
        let memory = "/sys/fs/cgroup/memory".to_owned();
        assert_eq!(folders("4:memory:/docker/7f\n", mounts), [vec![memory.clone()]]);
        assert_eq!(
            folders("4:memory:/docker/7f/in\n", mounts),
            [vec![format!("{memory}/in"), memory.clone()]]
        );
        assert_eq!(folders("4:memory:/elsewhere\n", mounts), [vec![memory]]);
    }

    #[test]
    fn what_the_groups_say_is_read_and_what_they_do_not_say_limits_nothing() {
        let folder = std::env::temp_dir().join(format!("compute-pi-groups-{}", std::process::id()));
        let inner = folder.join("inner");
        fs::create_dir_all(&inner).unwrap();
        let write = |folder: &Path, name, text: &str| fs::write(folder.join(name), text).unwrap();
        write(&folder, "memory.max", "1000\n");
        write(&folder, "memory.current", "700\n");
        write(&folder, "memory.stat", "anon 300\ninactive_file 100\nactive_file 50\n");
        write(&inner, "memory.max", "max\n");
        let chain = [inner.clone(), folder.clone()];
        assert_eq!(along(&V2, &chain, Some(9)), [Limit { bytes: 1000, held: 550 }]);
        fs::remove_file(folder.join("memory.current")).unwrap();
        assert_eq!(along(&V2, &chain, Some(9)), [Limit { bytes: 1000, held: 9 }]);
        assert_eq!(along(&V2, &chain, Some(1001)), []);
        write(&inner, "memory.limit_in_bytes", "9223372036854771712\n");
        assert_eq!(along(&V1, &chain, None), []);
        fs::remove_dir_all(folder).unwrap();
    }
}
