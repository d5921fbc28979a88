//! The connections that read the copy, kept for the next question.

use crate::{cache::Reader, error::CacheError};

/// Readers that are kept.
const KEPT: usize = 4;

/// Those that are idle, all of the file that lies there now.
#[derive(Debug, Default)]
pub(super) struct Readers {
    idle: Vec<Reader>,
    /// How many files there were before this one.
    file: u64,
    /// Somebody came upon a page of this file that is not as it was written.
    damaged: bool,
}

impl Readers {
    /// One that is idle, if there is one, and of which file it is.
    pub(super) fn take(&mut self) -> (u64, Option<Reader>) {
        (self.file, self.idle.pop())
    }

    /// Keeps one that is idle again. One of a file that was put aside meanwhile goes: it would answer
    /// from there for ever.
    pub(super) fn give_back(&mut self, file: u64, reader: Reader) {
        if file == self.file && self.idle.len() < KEPT {
            self.idle.push(reader);
        }
    }

    /// A question to this file was answered with an error: it may be that of a damaged file.
    pub(super) fn came_upon(&mut self, file: u64, error: &CacheError) {
        self.damaged |= file == self.file && error.is_damage();
    }

    /// Whether anybody came upon damage since this was asked.
    pub(super) fn take_damage(&mut self) -> bool {
        std::mem::take(&mut self.damaged)
    }

    /// Another file lies there from now on.
    pub(super) fn change_file(&mut self) {
        *self = Self {
            file: self.file.wrapping_add(1),
            ..Self::default()
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::DiskError;

    fn damage() -> CacheError {
        CacheError::Disk(DiskError::Damaged)
    }

    #[test]
    fn damage_that_an_old_question_came_upon_says_nothing_of_the_new_file() {
        let mut readers = Readers::default();
        let (file, _) = readers.take();
        readers.change_file();
        readers.came_upon(file, &damage());
        assert!(!readers.take_damage());
        let (file, _) = readers.take();
        readers.came_upon(file, &damage());
        assert!(readers.take_damage());
        assert!(!readers.take_damage(), "it is told once");
    }
}
