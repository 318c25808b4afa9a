//! Digits: a count before a command, or the position after `m`. A digit alone may also mean a tab; only time tells.

use std::time::Duration;

use crate::screens::Tab;

/// How long a digit waits for a command before it is taken for a tab.
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
        self.tab().map(|_| self.serial)
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

    /// The tab that the digit means if nothing follows it.
    pub(super) fn tab(&self) -> Option<Tab> {
        match self.digits.as_str() {
            _ if self.is_position => None,
            "1" => Some(Tab::Profile),
            "2" => Some(Tab::Edit),
            "3" => Some(Tab::Campus),
            "4" => Some(Tab::Pins),
            _ => None,
        }
    }

    /// The tab if nothing followed the digit since this timer was started.
    pub(super) fn timeout(&self, serial: u64) -> Option<Tab> {
        self.tab().filter(|_| serial == self.serial)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_digit_is_a_tab_after_its_own_timer_only() {
        let mut count = Count::default();
        let first = count.push('3').unwrap();
        assert_eq!(count.timeout(first), Some(Tab::Campus));
        assert_eq!(count.push('2'), None, "32 is no tab");
        assert_eq!(count.timeout(first), None);
        assert_eq!(count.take(), Some(32));
        let second = count.push('1').unwrap();
        assert_eq!((count.timeout(first), count.timeout(second)), (None, Some(Tab::Profile)));
        assert_eq!(count.take(), Some(1));
        assert_eq!(count.timeout(second), None, "a command took it");
        assert_eq!(count.push('7'), None, "7 is no tab");
    }

    #[test]
    fn a_position_is_never_a_tab() {
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
