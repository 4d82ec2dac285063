use std::path::{Path, PathBuf};

/// One source file without its comments and its tests.
pub struct Source {
    /// From the repository's root, with `/`.
    pub path: String,
    /// The module right under `src` it belongs to.
    pub floor: String,
    /// Line by line, with the texts of its literals taken out.
    code: Vec<String>,
    pub literals: Vec<Literal>,
}

/// A text in quotes.
pub struct Literal {
    pub line: usize,
    pub text: String,
    /// The code right before it.
    before: String,
}

/// Every source of the program; files that are modules for tests alone left out.
pub fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    rust_files(&root.join("src"), &mut paths);
    paths.sort();
    let texts: Vec<(String, String)> = paths
        .iter()
        .map(|path| {
            let relative = path
                .strip_prefix(root)
                .expect("it was found below the root");
            let shown = relative.to_string_lossy().replace('\\', "/");
            (
                shown,
                std::fs::read_to_string(path).expect("a source is text"),
            )
        })
        .collect();
    let for_tests: Vec<String> = texts
        .iter()
        .flat_map(|(path, text)| test_files(path, text))
        .collect();
    assert!(texts.len() > 20, "the sources were not found");
    texts
        .iter()
        .filter(|(path, _)| !for_tests.iter().any(|test| covers(test, path)))
        .map(|(path, text)| Source::of(path, text))
        .collect()
}

/// Whether `test`, a file or with a slash at its end a folder, holds `path`.
fn covers(test: &str, path: &str) -> bool {
    path == test || (test.ends_with('/') && path.starts_with(test))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("src is a folder") {
        let path = entry.expect("its entries can be read").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The files a source declares as `#[cfg(test)] mod name;`, with `#[path]` or without.
fn test_files(path: &str, text: &str) -> Vec<String> {
    let folder = match path.rsplit_once('/') {
        Some((folder, "mod.rs" | "lib.rs" | "main.rs")) => folder.to_owned(),
        _ => path.trim_end_matches(".rs").to_owned(),
    };
    let beside = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut found = Vec::new();
    for (at, _) in lines
        .iter()
        .enumerate()
        .filter(|(_, line)| **line == "#[cfg(test)]")
    {
        let mut named = None;
        for line in &lines[at + 1..] {
            if let Some(path) = line.strip_prefix("#[path = \"") {
                named = Some(format!("{beside}/{}", path.trim_end_matches("\"]")));
            } else if let Some(name) = line.strip_suffix(';').and_then(|l| l.split("mod ").nth(1)) {
                let file = named
                    .clone()
                    .unwrap_or_else(|| format!("{folder}/{name}.rs"));
                found.push(file);
                found.push(format!("{folder}/{name}/"));
                break;
            } else {
                break;
            }
        }
    }
    found
}

impl Source {
    pub fn of(path: &str, text: &str) -> Self {
        let below = path.strip_prefix("src/").unwrap_or(path);
        let floor = below.split('/').next().unwrap_or(below);
        let (code, literals) = lexed(text);
        let tests = test_lines(&code);
        let is_test = |line: usize| tests.iter().any(|range| range.contains(&line));
        let code = code
            .into_iter()
            .enumerate()
            .map(|(at, line)| if is_test(at + 1) { String::new() } else { line })
            .collect();
        Self {
            path: path.to_owned(),
            floor: floor.trim_end_matches(".rs").to_owned(),
            code,
            literals: literals.into_iter().filter(|l| !is_test(l.line)).collect(),
        }
    }

    /// The lines, from 1, that hold `wanted` as a name of its own.
    pub fn lines_with(&self, wanted: &str) -> Vec<usize> {
        let lines = self.code.iter().enumerate();
        let found = lines.filter(|(_, line)| holds_name(line, wanted));
        found.map(|(at, _)| at + 1).collect()
    }

    /// Modules named right after `crate::`, alone or in braces.
    pub fn own_paths(&self) -> Vec<(usize, String)> {
        let text = self.code.join("\n");
        let mut found = Vec::new();
        for (at, _) in text.match_indices("crate::") {
            if text[..at].ends_with('$') {
                continue;
            }
            let line = text[..at].matches('\n').count() + 1;
            let rest = &text[at + "crate::".len()..];
            let names = match rest.strip_prefix('{') {
                None => vec![name_at(rest)],
                Some(group) => first_names(group),
            };
            // `crate::rule!` and items of the root have no module to be judged by.
            let modules = names
                .into_iter()
                .filter(|name| name.chars().next().is_some_and(char::is_lowercase));
            found.extend(modules.map(|name| (line, name)));
        }
        found
    }
}

impl Literal {
    pub fn is_chinese(&self) -> bool {
        self.text
            .chars()
            .any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    /// Four words in a row, and not for a programmer: no panic, no error of a door, no lint's
    /// reason, no log line.
    pub fn is_english_prose(&self) -> bool {
        let for_programmers = [
            "expect(",
            "#[error(",
            "reason = ",
            "panic!(",
            "unreachable!(",
            "assert!(",
            "assert_eq!(",
            "debug!(",
            "info!(",
            "warn!(",
            "error!(",
            "trace!(",
            "context(",
            "bail!(",
            "anyhow!(",
        ];
        // The statement so far: a log line's fields come before its text.
        let statement = self
            .before
            .rsplit([';', '{', '}'])
            .next()
            .unwrap_or_default();
        let mut in_a_row = 0;
        let is_prose = self.text.split(' ').any(|word| {
            let word = word.trim_end_matches([',', '.', ':', ';', '?', '!']);
            let is_word =
                !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic() || c == '\'');
            in_a_row = if is_word { in_a_row + 1 } else { 0 };
            in_a_row >= 4
        });
        is_prose
            && !for_programmers
                .iter()
                .any(|opening| statement.contains(opening))
    }
}

/// Whether `wanted` stands in `line` as a name of its own, not as the end of a longer one.
fn holds_name(line: &str, wanted: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(wanted).any(|(at, _)| {
        wanted.starts_with('.') || !line[..at].chars().next_back().is_some_and(is_part)
    })
}

fn name_at(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

/// The first names of the entries of a group, up to its closing brace.
fn first_names(group: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0;
    let mut at_start = true;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => at_start = true,
            c if at_start && !c.is_whitespace() => {
                names.push(name_at(&group[at..]));
                at_start = false;
            }
            _ => {}
        }
    }
    names
}

/// Lines of `#[cfg(test)]` items with bodies.
fn test_lines(code: &[String]) -> Vec<std::ops::RangeInclusive<usize>> {
    let mut found = Vec::new();
    let starts = code.iter().enumerate();
    for (start, _) in starts.filter(|(_, line)| line.contains("#[cfg(test)]")) {
        let mut depth = 0;
        'item: for (at, line) in code.iter().enumerate().skip(start) {
            for c in line.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ';' if depth == 0 => break 'item,
                    _ => continue,
                }
                if depth == 0 {
                    found.push(start + 1..=at + 1);
                    break 'item;
                }
            }
        }
    }
    found
}

/// Code without comments and with empty literals, and the literals.
fn lexed(text: &str) -> (Vec<String>, Vec<Literal>) {
    let mut code = String::with_capacity(text.len());
    let mut literals = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => comment_length(rest),
            '"' => quoted(rest, &mut code, &mut literals),
            'r' if is_raw(rest) && !ends_in_name(&code) => raw(rest, &mut code, &mut literals),
            '\'' => character(rest, &mut code),
            _ => {
                code.push(c);
                c.len_utf8()
            }
        };
        // Lines keep their numbers whatever was taken out.
        if matches!(c, '/' | '"' | 'r') && taken > 1 {
            code.extend(rest[..taken].matches('\n').map(|_| '\n'));
        }
        rest = &rest[taken..];
    }
    (code.split('\n').map(str::to_owned).collect(), literals)
}

fn comment_length(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

fn quoted(text: &str, code: &mut String, literals: &mut Vec<Literal>) -> usize {
    let mut escaped = false;
    let end = text[1..]
        .char_indices()
        .find(|(_, c)| {
            let closes = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            closes
        })
        .map_or(text.len(), |(at, _)| at + 1);
    push_literal(&text[1..end.max(1)], code, literals);
    (end + 1).min(text.len())
}

fn is_raw(text: &str) -> bool {
    text[1..].trim_start_matches('#').starts_with('"')
}

fn raw(text: &str, code: &mut String, literals: &mut Vec<Literal>) -> usize {
    let hashes = text[1..].len() - text[1..].trim_start_matches('#').len();
    let opening = 2 + hashes;
    let closing = format!("\"{}", "#".repeat(hashes));
    let end = text[opening..]
        .find(&closing)
        .map_or(text.len(), |at| opening + at);
    push_literal(&text[opening..end], code, literals);
    (end + closing.len()).min(text.len())
}

fn push_literal(text: &str, code: &mut String, literals: &mut Vec<Literal>) {
    let before: String = code.chars().rev().take(240).collect();
    literals.push(Literal {
        line: code.matches('\n').count() + 1,
        text: text.to_owned(),
        before: before.chars().rev().collect(),
    });
    code.push_str("\"\"");
}

/// A character, or a lifetime's tick.
fn character(text: &str, code: &mut String) -> usize {
    let mut chars = text.char_indices().skip(1);
    let end = match chars.next() {
        Some((_, '\\')) => text[3.min(text.len())..].find('\'').map(|at| at + 4),
        Some((at, c)) if text[at + c.len_utf8()..].starts_with('\'') => Some(at + c.len_utf8() + 1),
        _ => None,
    };
    code.push_str(if end.is_some() { "''" } else { "'" });
    end.unwrap_or(1)
}

fn ends_in_name(code: &str) -> bool {
    let last = code.chars().next_back();
    last.is_some_and(|c| (c.is_alphanumeric() && c != 'b') || c == '_')
}
