use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn all_actions() -> Vec<Action> {
    let pairs = Resource::ALL.iter().flat_map(|&resource| {
        Verb::ALL.iter().map(move |&verb| Action::new(verb, resource))
    });
    pairs.collect()
}

#[test]
fn the_table_is_what_was_agreed() {
    let agreed = include_str!("table.txt");
    assert_eq!(
        table(),
        agreed,
        "if this was meant: `dijkwacht organisation roles > crates/access/src/table.txt`"
    );
}

#[test]
fn every_action_has_one_line_and_every_resource_has_an_action() {
    let actions: BTreeSet<Action> = MATRIX.iter().map(|line| line.action).collect();
    assert_eq!(actions.len(), MATRIX.len());
    for resource in Resource::ALL {
        assert!(actions.iter().any(|action| action.resource == *resource), "{resource}");
    }
}

#[test]
fn the_words_are_read_back() {
    for role in Role::ALL {
        assert_eq!(role.code().parse(), Ok(*role));
        assert!(!role.title().is_empty());
    }
    for resource in Resource::ALL {
        assert_eq!(resource.code().parse(), Ok(*resource));
    }
    for verb in Verb::ALL {
        assert_eq!(verb.code().parse(), Ok(*verb));
    }
    assert_eq!(
        "burgemeester".parse::<Role>().unwrap_err().to_string(),
        "there is no role `burgemeester`"
    );
}

#[test]
fn a_role_in_one_organisation_gives_nothing_in_another() {
    for &role in Role::ALL {
        let grants = [Grant::organisation(role, "a")];
        for action in all_actions() {
            assert!(!allowed(&grants, action, &Place::of("b")), "{role} {action}");
        }
    }
}

#[test]
fn without_a_grant_nothing_is_allowed() {
    for action in all_actions() {
        assert!(!allowed(&[], action, &Place::of("a")));
    }
}

#[test]
fn a_region_gives_numbers_of_its_members_and_nothing_else() {
    let inside =
        Place { organisation: "a".to_owned(), regions: BTreeSet::from(["r".to_owned()]) };
    for &role in Role::ALL {
        let grants = [Grant::region(role, "r")];
        for action in all_actions() {
            let may = allowed(&grants, action, &inside);
            assert!(!may || action.verb == Verb::Numbers, "{role} {action}");
            assert!(!allowed(&grants, action, &Place::of("a")), "{role} {action}");
        }
    }
    let numbers = Action::new(Verb::Numbers, Resource::Picture);
    assert!(allowed(&[Grant::region(Role::RegionAnalyst, "r")], numbers, &inside));
}

#[test]
fn an_organisation_is_not_a_region_of_the_same_name() {
    let numbers = Action::new(Verb::Numbers, Resource::Picture);
    let grants = [Grant::region(Role::RegionAnalyst, "a")];
    assert!(!allowed(&grants, numbers, &Place::of("a")));
}

#[test]
fn the_administrator_reads_no_answers_and_the_auditor_changes_nothing() {
    let may = |role, verb, resource| {
        allowed(
            &[Grant::organisation(role, "a")],
            Action::new(verb, resource),
            &Place::of("a"),
        )
    };
    for verb in [Verb::Read, Verb::ReadOwn, Verb::Numbers, Verb::Add] {
        assert!(!may(Role::Administrator, verb, Resource::Answer));
    }
    for verb in [Verb::Add, Verb::Change, Verb::Unlock, Verb::Restore] {
        for &resource in Resource::ALL {
            assert!(!may(Role::Auditor, verb, resource));
        }
    }
}

#[test]
fn nobody_alone_asks_for_a_pseudonym_and_unlocks_it() {
    for &role in Role::ALL {
        let grants = [Grant::organisation(role, "a")];
        let may = |verb| {
            allowed(&grants, Action::new(verb, Resource::Pseudonym), &Place::of("a"))
        };
        assert!(!(may(Verb::Ask) && may(Verb::Unlock)), "{role}");
    }
}

fn any_grant() -> impl Strategy<Value = Grant> {
    let role = proptest::sample::select(Role::ALL);
    (role, any::<bool>(), "[abr]").prop_map(|(role, region, name)| {
        if region { Grant::region(role, &name) } else { Grant::organisation(role, &name) }
    })
}

proptest! {
    #[test]
    fn more_grants_never_take_anything_away(
        grants in proptest::collection::vec(any_grant(), 0..4),
        more in any_grant(),
        at in 0..all_actions().len(),
    ) {
        let action = all_actions()[at];
        let place =
            Place { organisation: "a".to_owned(), regions: BTreeSet::from(["r".to_owned()]) };
        let before = allowed(&grants, action, &place);
        let mut all = grants;
        all.push(more);
        prop_assert!(!before || allowed(&all, action, &place));
    }
}
