//! The chart of a trajectory: converts numbers to coordinates, so that the template only prints them. A table
//! next to it contains the same data.

use serde::Serialize;

use super::model::Month;
use crate::http::Lang;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 280.0;
const LEFT: f64 = 68.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 36.0;

/// The most labels below the axis.
const LABELS: usize = 6;

/// A line chart in the units of its `viewBox`.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Chart {
    view_box: String,
    /// The line's path.
    line: String,
    /// The path of the area below the line.
    area: String,
    points: Vec<Point>,
    rules: Vec<Rule>,
    labels: Vec<Label>,
    left: f64,
    right: f64,
    /// The position of the target, if it is near enough to be drawn to scale.
    target_y: Option<f64>,
    /// The position of the target's label.
    target_label_y: Option<f64>,
}

#[derive(Debug, Clone, Serialize)]
struct Point {
    x: f64,
    y: f64,
}

/// A horizontal line with its number.
#[derive(Debug, Clone, Serialize)]
struct Rule {
    y: f64,
    text_y: f64,
    text: String,
}

#[derive(Debug, Clone, Serialize)]
struct Label {
    x: f64,
    y: f64,
    /// `start`, `middle` or `end`, so that the outer labels stay inside the chart.
    anchor: &'static str,
    text: String,
}

impl Chart {
    /// The cumulative counts of these months; `None` if there are fewer than two.
    #[must_use]
    pub(super) fn of(lang: Lang, months: &[Month], target: Option<u32>) -> Option<Self> {
        if months.len() < 2 {
            return None;
        }
        let highest = months.iter().map(|month| month.total).max().unwrap_or(0);
        // A target far above the counts would flatten the line.
        let target = target
            .map(f64::from)
            .filter(|target| number(highest) * 3.0 >= *target);
        let top = ceiling(number(highest).max(target.unwrap_or_default()));
        let step_x = (WIDTH - LEFT - RIGHT) / number(months.len() - 1);
        let x = |index: usize| round(LEFT + step_x * number(index));
        let y = |value: f64| round(TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - value / top));

        let points: Vec<Point> = months
            .iter()
            .enumerate()
            .map(|(index, month)| Point {
                x: x(index),
                y: y(number(month.total)),
            })
            .collect();
        let line = points.iter().fold(String::new(), |path, point| {
            let letter = if path.is_empty() { "M" } else { " L" };
            format!("{path}{letter}{} {}", point.x, point.y)
        });
        let (bottom, end) = (y(0.0), x(months.len() - 1));
        let every = months.len().div_ceil(LABELS);
        let last = months.len() - 1;
        let target_y = target.map(y);
        Some(Self {
            view_box: format!("0 0 {WIDTH} {HEIGHT}"),
            area: format!("{line} L{end} {bottom} L{LEFT} {bottom} Z"),
            line,
            points,
            rules: [0.0, 0.25, 0.5, 0.75, 1.0]
                .into_iter()
                .map(|share| top * share)
                .filter(|value| value.fract() == 0.0)
                .map(|value| Rule {
                    y: y(value),
                    text_y: round(y(value) + 4.0),
                    text: lang.number(value, 0),
                })
                .collect(),
            labels: months
                .iter()
                .enumerate()
                // Counted from the end, so that the newest month has a label.
                .filter(|(index, _)| (last - index).is_multiple_of(every))
                .map(|(index, month)| Label {
                    x: x(index),
                    y: HEIGHT - 12.0,
                    anchor: if index == last {
                        "end"
                    } else if index == 0 {
                        "start"
                    } else {
                        "middle"
                    },
                    text: lang.month_short(month.first_day),
                })
                .collect(),
            left: LEFT,
            right: WIDTH - RIGHT,
            target_y,
            target_label_y: target_y.map(|y| round(y - 6.0)),
        })
    }
}

/// The next number of the form 4, 8, 20, 40, 60, 80, 100, 200, … whose quarters read well.
fn ceiling(value: f64) -> f64 {
    let mut scale = 4.0;
    while scale * 10.0 <= value {
        scale *= 10.0;
    }
    [1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0]
        .into_iter()
        .map(|factor| scale * factor)
        .find(|top| *top >= value)
        .unwrap_or(value)
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people and months are small"
)]
const fn number(value: usize) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests {
    use chrono::{Months, NaiveDate};

    use super::*;

    fn months(totals: &[usize]) -> Vec<Month> {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        totals
            .iter()
            .enumerate()
            .map(|(index, total)| Month {
                first_day: first + Months::new(u32::try_from(index).unwrap()),
                new: 0,
                total: *total,
            })
            .collect()
    }

    #[test]
    fn everything_lies_inside_the_drawing() {
        for totals in [
            vec![0, 0],
            vec![0, 1, 3, 12],
            vec![7; 40],
            vec![0, 900, 1300],
        ] {
            for target in [None, Some(10), Some(1200)] {
                let chart = Chart::of(Lang::Lv, &months(&totals), target).unwrap();
                for point in &chart.points {
                    assert!((LEFT..=WIDTH - RIGHT).contains(&point.x), "{chart:?}");
                    assert!((TOP..=HEIGHT - BOTTOM).contains(&point.y), "{chart:?}");
                }
                assert!(chart.labels.len() <= LABELS && chart.rules.len() >= 2);
                assert!(chart.target_y.is_none_or(|y| y >= TOP));
            }
        }
    }

    #[test]
    fn a_distant_target_does_not_flatten_the_line() {
        let far = Chart::of(Lang::Lv, &months(&[0, 60]), Some(1200)).unwrap();
        assert_eq!(far.target_y, None);
        let near = Chart::of(Lang::Lv, &months(&[0, 600]), Some(1200)).unwrap();
        assert!(near.target_y.is_some());
    }

    #[test]
    fn one_month_makes_no_line() {
        assert!(Chart::of(Lang::Lv, &months(&[3]), None).is_none());
    }
}
