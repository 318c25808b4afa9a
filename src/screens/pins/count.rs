//! Digits: a count before a command, or the position after `m`. A digit alone may also be a key, as for a tab; only time tells.

use std::time::Duration;

/// How long a digit waits for a command before it is taken for a key.
pub(super) const WAIT: Duration = Duration::from_millis(500);
/// More digits than any list has rows.
const MOST: usize = 6;

/// The digits typed so far.
#[derive(Debug, Default)]
pub(super) struct Count {
    digits: String,
    /// Names the timer that counts.
    serial: u64,
    /// Whether they are the position of a move.
    pub(super) is_position: bool,
}

impl Count {
    /// Takes a digit. The number that comes back names the timer to start, if one is needed.
    pub(super) fn push(&mut self, digit: char) -> Option<u64> {
        let leading_zero = digit == '0' && self.digits.is_empty();
        if !leading_zero && self.digits.len() < MOST {
            self.digits.push(digit);
        }
        self.serial += 1;
        self.alone().map(|_| self.serial)
    }

    /// Takes the last digit back.
    pub(super) fn pop(&mut self) {
        self.digits.pop();
    }

    /// Starts asking for the position of a move.
    pub(super) fn ask_position(&mut self) {
        *self = Self { digits: String::new(), serial: self.serial + 1, is_position: true };
    }

    /// What was typed, for showing.
    pub(super) fn digits(&self) -> &str {
        &self.digits
    }

    /// The number typed; afterwards there is none.
    pub(super) fn take(&mut self) -> Option<usize> {
        let number = self.digits.parse().ok();
        *self = Self { digits: String::new(), serial: self.serial + 1, is_position: false };
        number
    }

    /// The digit that is a key if nothing follows it.
    pub(super) fn alone(&self) -> Option<char> {
        let mut digits = self.digits.chars();
        digits.next().filter(|_| digits.next().is_none() && !self.is_position)
    }

    /// The digit if nothing followed it since this timer was started.
    pub(super) fn timeout(&self, serial: u64) -> Option<char> {
        self.alone().filter(|_| serial == self.serial)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_digit_is_a_key_after_its_own_timer_only() {
        let mut count = Count::default();
        let first = count.push('3').unwrap();
        assert_eq!(count.timeout(first), Some('3'));
        assert_eq!(count.push('2'), None, "32 is no key");
        assert_eq!(count.timeout(first), None);
        assert_eq!(count.take(), Some(32));
        let second = count.push('1').unwrap();
        assert_eq!((count.timeout(first), count.timeout(second)), (None, Some('1')));
        assert_eq!(count.take(), Some(1));
        assert_eq!(count.timeout(second), None, "a command took it");
    }

    #[test]
    fn a_position_is_never_a_key() {
        let mut count = Count::default();
        count.ask_position();
        assert_eq!(count.push('2'), None);
        count.push('0');
        count.pop();
        assert_eq!(count.digits(), "2");
        assert_eq!(count.take(), Some(2));
        assert!(!count.is_position);
    }

    #[test]
    fn numbers_stay_small_and_zeros_do_not_lead() {
        let mut count = Count::default();
        for digit in "00987654321".chars() {
            count.push(digit);
        }
        assert_eq!(count.take(), Some(987_654));
        count.push('0');
        assert_eq!(count.take(), None);
    }
}
