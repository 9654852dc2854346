//! Checks that steps form a case.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::DraftStep;
use crate::diagnostic::Report;
use crate::grade::Fraction;
use crate::rules::{case_no_way_out, case_unreachable_step, link_broken, quiz_no_correct};
use crate::source::Span;

/// Checks that the steps form a case: every link has a target, every step can be reached, every step has a
/// way to an outcome, and the best outcome earns all points.
pub(super) fn check(heading: Span, steps: &[DraftStep], report: &mut Report<'_>) {
    if steps.is_empty() {
        return;
    }
    let places: BTreeMap<&str, usize> = (0..)
        .zip(steps)
        .filter_map(|(at, step)| Some((step.id.as_ref()?.text.as_str(), at)))
        .collect();
    let mut onward: Vec<Vec<usize>> = vec![Vec::new(); steps.len()];
    let mut backward = onward.clone();
    // An error in a step that was reported already is not reported again for the steps before it.
    let mut ends = Vec::new();
    let mut is_broken = false;
    for ((at, step), onward) in (0..).zip(steps).zip(&mut onward) {
        if step.choices.is_empty() {
            ends.push(at);
            if !step.is_outcome {
                case_no_way_out::dead_end(report, step.heading);
            }
        }
        for choice in &step.choices {
            if let Some(to) = places.get(choice.to.as_str()) {
                onward.push(*to);
                backward
                    .get_mut(*to)
                    .into_iter()
                    .for_each(|from| from.push(at));
            } else {
                is_broken = true;
                ends.push(at);
                let known: Vec<&str> = places.keys().copied().collect();
                link_broken::no_step(report, choice.span, &choice.to, &known);
            }
        }
    }

    let finished = spread(ends, &backward);
    let circling = (0..).zip(steps).filter(|(at, _)| !finished.contains(at));
    let circling: Vec<&DraftStep> = circling.map(|(_, step)| step).collect();
    if let Some(first) = circling.first() {
        let ids = circling.iter().filter_map(|step| step.id.as_ref());
        let ids: Vec<&str> = ids.map(|id| id.text.as_str()).collect();
        case_no_way_out::circle(report, first.heading, &ids);
    }

    // Behind a broken link, reachability is unknown.
    if is_broken {
        return;
    }
    let reached = spread(vec![0], &onward);
    for (at, step) in (0..).zip(steps) {
        if step.id.is_some() && !reached.contains(&at) {
            case_unreachable_step::report(report, step.heading);
        }
    }
    let earns_all = |step: &DraftStep| {
        step.mark
            .is_some_and(|mark| Fraction::new(mark) == Fraction::ONE)
    };
    let unreadable = steps
        .iter()
        .any(|step| step.is_outcome && step.mark.is_none());
    let earns_all = (0..)
        .zip(steps)
        .any(|(at, step)| earns_all(step) && reached.contains(&at));
    if !unreadable && !earns_all {
        quiz_no_correct::no_full_outcome(report, heading);
    }
}

/// The steps that can be reached from the given ones.
fn spread(mut waiting: Vec<usize>, links: &[Vec<usize>]) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    while let Some(at) = waiting.pop() {
        if reached.insert(at) {
            waiting.extend(links.get(at).into_iter().flatten());
        }
    }
    reached
}
