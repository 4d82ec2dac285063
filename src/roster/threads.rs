use std::ops::Range;
use std::thread;

use memchr::memchr;

/// Fewer cells are read before a thread has begun.
const WORTH_A_THREAD: usize = 10_000;

/// On how many threads so many cells are read soonest.
pub(super) fn threads_for(cells: usize) -> usize {
    match cells / WORTH_A_THREAD {
        0 | 1 => 1,
        most => thread::available_parallelism().map_or(1, |cores| most.min(cores.get())),
    }
}

/// What comes of each share of `rows`, a share for each of `threads`, in their order.
pub(super) fn in_shares<R: Send>(
    rows: Range<usize>,
    threads: usize,
    of: impl Fn(Range<usize>) -> R + Sync,
) -> Vec<R> {
    let share = rows.len().div_ceil(threads.max(1)).max(1);
    let starts = rows.clone().step_by(share);
    let shares = starts.map(|start| start..rows.end.min(start + share));
    each_in_a_thread(shares.collect(), of)
}

/// What comes of each, one thread for each; the last has this one.
pub fn each_in_a_thread<T: Send, R: Send>(mut each: Vec<T>, run: impl Fn(T) -> R + Sync) -> Vec<R> {
    let Some(last) = each.pop() else {
        return Vec::new();
    };
    let run = &run;
    thread::scope(|scope| {
        let begun = |one| scope.spawn(move || run(one));
        let others: Vec<_> = each.into_iter().map(begun).collect();
        let last = run(last);
        let ended = others.into_iter().map(|thread| {
            let panicked = |cause| std::panic::resume_unwind(cause);
            thread.join().unwrap_or_else(panicked)
        });
        ended.chain([last]).collect()
    })
}

/// About equal stretches from `begin` on, each from a line's beginning to a line's end.
pub(super) fn stretches(file: &[u8], begin: usize, parts: usize) -> Vec<(usize, usize)> {
    let mut cuts: Vec<usize> = (1..parts)
        .map(|part| begin + (file.len() - begin) / parts * part)
        .filter_map(|at| Some(at + memchr(b'\n', file.get(at..)?)? + 1))
        .collect();
    cuts.push(file.len());
    let mut from = begin;
    cuts.into_iter()
        .map(|to| (std::mem::replace(&mut from, to), to))
        .collect()
}
