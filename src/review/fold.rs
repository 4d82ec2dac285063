use std::hash::Hash;

use foldhash::HashMap;

/// Few keys are sooner compared one by one than hashed.
const FEW: usize = 8;

/// Groups what has the same key: groups in the order their keys first appear, items in theirs.
pub(super) fn folded<K: Hash + Eq + Clone, T>(
    items: impl IntoIterator<Item = (K, T)>,
) -> Vec<(K, Vec<T>)> {
    let mut index: HashMap<K, usize> = HashMap::default();
    let mut groups: Vec<(K, Vec<T>)> = Vec::new();
    for (key, item) in items {
        let known = if groups.len() <= FEW {
            groups.iter().position(|(known, _)| *known == key)
        } else {
            index.get(&key).copied()
        };
        if let Some(known) = known {
            groups[known].1.push(item);
            continue;
        }
        groups.push((key, vec![item]));
        // The index begins with all that were few.
        let begin = match groups.len() {
            0..=FEW => continue,
            many if many == FEW + 1 => 0,
            many => many - 1,
        };
        index.extend(
            (begin..)
                .zip(&groups[begin..])
                .map(|(at, (key, _))| (key.clone(), at)),
        );
    }
    groups
}

/// The same without their keys.
pub(super) fn groups<K: Hash + Eq + Clone, T>(
    items: impl IntoIterator<Item = (K, T)>,
) -> Vec<Vec<T>> {
    let groups = folded(items).into_iter();
    groups.map(|(_, group)| group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_keys_and_many_are_grouped_alike() {
        for keys in 1..30_usize {
            let items = (0..100).map(|item| (item % keys, item));
            let groups: Vec<(usize, Vec<usize>)> = (0..keys)
                .map(|key| (key, (key..100).step_by(keys).collect()))
                .collect();
            assert_eq!(folded(items), groups, "{keys}");
        }
    }
}
