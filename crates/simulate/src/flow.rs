//! How a case comes about: wait, let somebody do something, wait again.

use crate::case::{Case, Event, Value};
use crate::clock::{Hours, Office, Stamp, minutes};
use crate::dice::{Dice, whole};
use crate::staff::{Function, Hand, Staff};

/// What is the same for all cases.
#[derive(Debug)]
pub(crate) struct Ground {
    /// The calendar.
    pub(crate) office: Office,
    /// The people.
    pub(crate) staff: Staff,
}

/// A case that is being made.
#[derive(Debug)]
pub(crate) struct Flow<'a> {
    /// Calendar and people.
    pub(crate) ground: &'a Ground,
    /// The chance of this process.
    pub(crate) dice: &'a mut Dice,
    /// Now.
    pub(crate) at: Stamp,
    /// What has come about.
    pub(crate) case: Case,
    hours: Hours,
    evenings: f64,
    tied: bool,
}

impl<'a> Flow<'a> {
    /// Begins a case on a day, at some time within the hours.
    pub(crate) fn begin(
        ground: &'a Ground,
        dice: &'a mut Dice,
        id: String,
        day: i32,
        hours: Hours,
    ) -> Self {
        let at = ground.office.moment(dice, day, hours, Stamp::new(day, 0, 0));
        Self { ground, dice, at, case: Case::new(id), hours, evenings: 0.0, tied: false }
    }

    /// From now on work is done in these hours.
    pub(crate) const fn hours(&mut self, hours: Hours) -> &mut Self {
        self.hours = hours;
        self
    }

    /// With this probability a piece of work is done in the evening of its day.
    pub(crate) const fn evenings(&mut self, probability: f64) -> &mut Self {
        self.evenings = probability;
        self
    }

    /// Waits a lognormal number of minutes of working time.
    pub(crate) fn minutes(&mut self, median: f64, sigma: f64) -> &mut Self {
        let seconds = minutes(self.dice, median, sigma);
        self.at = self.ground.office.later(self.dice, self.at, seconds, self.hours);
        self
    }

    /// Waits a lognormal number of working days between `least` and `most`, and then until
    /// some moment of that day.
    pub(crate) fn days(&mut self, median: f64, sigma: f64, most: i64) -> &mut Self {
        let days = whole(self.dice.lognormal(median, sigma) + 0.5).min(most);
        let day = self.ground.office.add_open(self.at.day(), days);
        self.arrive(day)
    }

    /// Waits until some moment of the first open day from this one on.
    pub(crate) fn until(&mut self, day: i32) -> &mut Self {
        let day = self.ground.office.open_from(day.max(self.at.day()));
        self.arrive(day)
    }

    fn arrive(&mut self, day: i32) -> &mut Self {
        self.at = self.ground.office.moment(self.dice, day, self.hours, self.at);
        if self.dice.chance(self.evenings) {
            let evening =
                Stamp::new(self.at.day(), 19, 5).plus(self.dice.between(0, 7_200));
            self.at = self.at.max(evening);
        }
        self
    }

    /// Somebody of a function who works now and is none of `not`.
    pub(crate) fn pick(&mut self, function: Function, not: &[&str]) -> Hand {
        self.ground.staff.pick(self.dice, function, self.at, not)
    }

    /// Somebody who was at work before, if they are here today; otherwise a colleague who is
    /// none of `not`.
    pub(crate) fn again(&mut self, hand: Hand, function: Function, not: &[&str]) -> Hand {
        if self.ground.staff.works(hand.0, self.at.day()) && !not.contains(&hand.0) {
            hand
        } else {
            self.pick(function, not)
        }
    }

    /// Notes that something was done now.
    pub(crate) fn log(&mut self, activity: &'static str, hand: Hand) -> &mut Event {
        let event = Event {
            at: self.at,
            activity,
            who: hand.0,
            unit: hand.1,
            attributes: Vec::new(),
            rest: !self.tied,
        };
        self.case.events.push(event);
        let last = self.case.events.len() - 1;
        #[expect(clippy::indexing_slicing, reason = "an event was pushed just before")]
        &mut self.case.events[last]
    }

    /// Lets somebody of a function do something now.
    pub(crate) fn act(&mut self, activity: &'static str, function: Function) -> Hand {
        let hand = self.pick(function, &[]);
        self.log(activity, hand);
        hand
    }

    /// The same, and gives the event, to add attributes.
    pub(crate) fn act_with(
        &mut self,
        activity: &'static str,
        function: Function,
    ) -> &mut Event {
        let hand = self.pick(function, &[]);
        self.log(activity, hand)
    }

    /// Sets an attribute of the case.
    pub(crate) fn set(&mut self, name: &'static str, value: Value) -> &mut Self {
        self.case.set(name, value);
        self
    }

    /// From here on what follows must not stop halfway.
    pub(crate) const fn tie(&mut self) -> &mut Self {
        self.tied = true;
        self
    }

    /// Here the case may lie still again.
    pub(crate) fn untie(&mut self) -> &mut Self {
        self.tied = false;
        if let Some(last) = self.case.events.last_mut() {
            last.rest = true;
        }
        self
    }

    /// The case as it is.
    pub(crate) fn done(self) -> Case {
        self.case
    }
}
