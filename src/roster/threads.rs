use std::thread;

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
