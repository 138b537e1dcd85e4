//! Cases and events while they are made, and the small changes that plant a weakness.

use crate::clock::Stamp;

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// A word of the municipality's own lists.
    Word(&'static str),
    /// Text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// Money in cents.
    Money(i64),
    /// Yes or no.
    Bool(bool),
    /// A date, as the number of its day.
    Day(i32),
    /// A moment.
    Moment(Stamp),
}

/// One thing that was done.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    /// When.
    pub(crate) at: Stamp,
    /// What, in the words of the municipality.
    pub(crate) activity: &'static str,
    /// By whom; empty where nobody is named.
    pub(crate) who: &'static str,
    /// The team.
    pub(crate) unit: &'static str,
    /// Attributes, by the names in the log.
    pub(crate) attributes: Vec<(&'static str, Value)>,
    /// Whether the case may lie still after this event.
    pub(crate) rest: bool,
}

impl Event {
    /// Adds or replaces an attribute.
    pub(crate) fn set(&mut self, name: &'static str, value: Value) -> &mut Self {
        put(&mut self.attributes, name, value);
        self
    }

    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.attributes.iter().find(|(n, _)| *n == name).map(|(_, value)| value)
    }
}

/// A case with its events in order of time.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// Its number.
    pub(crate) id: String,
    /// Attributes of the case.
    pub(crate) attributes: Vec<(&'static str, Value)>,
    /// What happened.
    pub(crate) events: Vec<Event>,
    /// Whether a weakness was planted in it.
    pub(crate) planted: bool,
}

fn put(attributes: &mut Vec<(&'static str, Value)>, name: &'static str, value: Value) {
    match attributes.iter_mut().find(|(n, _)| *n == name) {
        Some(found) => found.1 = value,
        None => attributes.push((name, value)),
    }
}

impl Case {
    /// A case without events.
    pub(crate) const fn new(id: String) -> Self {
        Self { id, attributes: Vec::new(), events: Vec::new(), planted: false }
    }

    /// Adds or replaces an attribute of the case.
    pub(crate) fn set(&mut self, name: &'static str, value: Value) {
        put(&mut self.attributes, name, value);
    }

    /// The value of an attribute of the case.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.attributes.iter().find(|(n, _)| *n == name).map(|(_, value)| value)
    }

    /// Whether an attribute of the case holds this word.
    pub(crate) fn is(&self, name: &str, word: &str) -> bool {
        matches!(self.get(name), Some(Value::Word(w)) if *w == word)
    }

    /// Money of the case in cents; 0 where there is none.
    pub(crate) fn money(&self, name: &str) -> i64 {
        match self.get(name) {
            Some(Value::Money(cents)) => *cents,
            _ => 0,
        }
    }

    /// The first event of an activity.
    pub(crate) fn first(&self, activity: &str) -> Option<&Event> {
        self.events.iter().find(|e| e.activity == activity)
    }

    /// The first event of an activity, to change it.
    pub(crate) fn first_mut(&mut self, activity: &str) -> Option<&mut Event> {
        self.events.iter_mut().find(|e| e.activity == activity)
    }

    /// Whether all these activities occur.
    pub(crate) fn has(&self, activities: &[&str]) -> bool {
        activities.iter().all(|a| self.first(a).is_some())
    }

    /// Who did an activity first; empty where nobody did.
    pub(crate) fn who(&self, activity: &str) -> &'static str {
        self.first(activity).map_or("", |e| e.who)
    }

    /// When an activity came first.
    pub(crate) fn at(&self, activity: &str) -> Option<Stamp> {
        self.first(activity).map(|e| e.at)
    }

    /// Lets one person do all events of an activity.
    pub(crate) fn hand(
        &mut self,
        activity: &str,
        (who, unit): (&'static str, &'static str),
    ) {
        for event in self.events.iter_mut().filter(|e| e.activity == activity) {
            (event.who, event.unit) = (who, unit);
        }
    }

    /// The person and the team of the first event of an activity.
    pub(crate) fn hand_of(&self, activity: &str) -> (&'static str, &'static str) {
        self.first(activity).map_or(("", ""), |e| (e.who, e.unit))
    }

    /// Takes all events of an activity away.
    pub(crate) fn drop(&mut self, activity: &str) {
        self.events.retain(|e| e.activity != activity);
    }

    /// Puts the first event of an activity at another moment.
    pub(crate) fn shift(&mut self, activity: &str, to: Stamp) {
        if let Some(event) = self.first_mut(activity) {
            // A step that counts from its own day keeps doing so.
            let counts = event.get("ingangsdatum") == Some(&Value::Day(event.at.day()));
            event.at = to;
            if counts {
                event.set("ingangsdatum", Value::Day(to.day()));
            }
        }
        self.sort();
    }

    /// Adds an event at its place in time.
    pub(crate) fn insert(&mut self, event: Event) {
        self.events.push(event);
        self.sort();
    }

    /// A copy of the first event of an activity with another name and moment.
    pub(crate) fn copy_of(
        &self,
        activity: &str,
        name: &'static str,
        at: Stamp,
    ) -> Option<Event> {
        let mut event = self.first(activity)?.clone();
        (event.activity, event.at) = (name, at);
        Some(event)
    }

    /// Puts the events in order of time; what stands at one moment keeps its order.
    pub(crate) fn sort(&mut self) {
        self.events.sort_by_key(|e| e.at);
    }

    /// Cuts off what lies after a moment: the case then lies still at the last event after
    /// which it may. Answers whether anything is left.
    pub(crate) fn cut(&mut self, end: Stamp) -> bool {
        let inside = self.events.iter().take_while(|e| e.at <= end).count();
        if inside < self.events.len() {
            let rests = self.events.iter().take(inside).rposition(|e| e.rest);
            self.events.truncate(rests.map_or(0, |at| at + 1));
        }
        !self.events.is_empty()
    }
}
