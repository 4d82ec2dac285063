use std::hash::Hash;

use foldhash::HashMap;

/// Groups what has the same key: groups in the order their keys first appear, items in theirs.
pub(super) fn folded<K: Hash + Eq + Clone, T>(
    items: impl IntoIterator<Item = (K, T)>,
) -> Vec<(K, Vec<T>)> {
    let mut index: HashMap<K, usize> = HashMap::default();
    let mut groups: Vec<(K, Vec<T>)> = Vec::new();
    for (key, item) in items {
        let group = *index.entry(key).or_insert_with_key(|key| {
            groups.push((key.clone(), Vec::new()));
            groups.len() - 1
        });
        groups[group].1.push(item);
    }
    groups
}
