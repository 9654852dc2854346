//! The chart of a trajectory: converts numbers to coordinates, so that the template only prints them. A table
//! next to it contains the same data.

use chrono::{Datelike as _, Months, NaiveDate};
use serde::Serialize;

use super::model::Month;
use crate::http::Lang;

/// The size of a drawing and of its margins, which hold the labels.
#[derive(Debug, Clone, Copy)]
struct Size {
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    /// The most labels below the axis.
    labels: usize,
}

const WIDE: Size = Size {
    width: 640.0,
    height: 280.0,
    left: 68.0,
    right: 24.0,
    top: 24.0,
    bottom: 36.0,
    labels: 6,
};

/// For a phone, on which the labels of the other would be too small, or touch each other.
const NARROW: Size = Size {
    width: 300.0,
    height: 220.0,
    left: 50.0,
    right: 8.0,
    top: 30.0,
    bottom: 34.0,
    labels: 2,
};

/// The same chart in the sizes for wide and for narrow screens, of which the style sheet shows one.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Charts {
    wide: Chart,
    narrow: Chart,
}

impl Charts {
    /// See [`Chart::of`].
    #[must_use]
    pub(super) fn of(
        lang: Lang,
        months: &[Month],
        target: Option<u32>,
        until: Option<NaiveDate>,
    ) -> Option<Self> {
        Some(Self {
            wide: Chart::of(WIDE, lang, months, target, until)?,
            narrow: Chart::of(NARROW, lang, months, target, until)?,
        })
    }
}

/// A line chart in the units of its `viewBox`.
#[derive(Debug, Clone, Serialize)]
struct Chart {
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
    /// The position of the target.
    target_y: Option<f64>,
    /// The position of the target's label.
    target_label_y: Option<f64>,
    /// The line from today's figure to the target on the last day.
    pace: Option<PaceLine>,
}

/// The pace that a target needs, as a line, and where its name stands.
#[derive(Debug, Clone, Serialize)]
struct PaceLine {
    from: Point,
    to: Point,
    label: Point,
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
    /// The cumulative counts of these months; the axis reaches the target, and the last month of the programme,
    /// if `until` names it. `None` if there are fewer than two months.
    fn of(
        size: Size,
        lang: Lang,
        months: &[Month],
        target: Option<u32>,
        until: Option<NaiveDate>,
    ) -> Option<Self> {
        let Size {
            width,
            height,
            left,
            right,
            top: above,
            bottom: below,
            labels,
        } = size;
        let (newest, first_day) = (*months.last()?, months.first()?.first_day);
        let last = months.len() - 1;
        if last == 0 {
            return None;
        }
        let end = until.map_or(last, |until| last.max(months_between(first_day, until)));
        let top = ceiling(number(newest.total).max(target.map(f64::from).unwrap_or_default()));
        let step_x = (width - left - right) / number(end);
        let x = |index: usize| round(left + step_x * number(index));
        let y = |value: f64| round(above + (height - above - below) * (1.0 - value / top));
        let point = |index: usize, value: f64| Point {
            x: x(index),
            y: y(value),
        };

        let points: Vec<Point> = months
            .iter()
            .enumerate()
            .map(|(index, month)| point(index, number(month.total)))
            .collect();
        let line = points.iter().fold(String::new(), |path, point| {
            let letter = if path.is_empty() { "M" } else { " L" };
            format!("{path}{letter}{} {}", point.x, point.y)
        });
        let target = target.map(f64::from);
        let pace = target
            .filter(|target| *target > number(newest.total) && end > last)
            .map(|target| {
                let (from, to) = (point(last, number(newest.total)), point(end, target));
                let label = Point {
                    x: round(f64::midpoint(from.x, to.x) - 8.0),
                    y: round(f64::midpoint(from.y, to.y) - 6.0),
                };
                PaceLine { from, to, label }
            });
        let every = (end + 1).div_ceil(labels);
        let target_y = target.map(y);
        Some(Self {
            view_box: format!("0 0 {width} {height}"),
            area: format!("{line} L{} {} L{left} {} Z", x(last), y(0.0), y(0.0)),
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
            labels: (0..=end)
                // Counted from the end, so that the last month has a label.
                .filter(|index| (end - index).is_multiple_of(every))
                .filter_map(|index| {
                    let month = Months::new(u32::try_from(index).ok()?);
                    Some(Label {
                        x: x(index),
                        y: height - 12.0,
                        anchor: if index == end {
                            "end"
                        } else if index == 0 {
                            "start"
                        } else {
                            "middle"
                        },
                        text: lang.month_short(first_day.checked_add_months(month)?),
                    })
                })
                .collect(),
            left,
            right: width - right,
            target_y,
            target_label_y: target_y.map(|y| round(y - 6.0)),
            pace,
        })
    }
}

/// How many months a day lies after the month that begins on another.
fn months_between(first_day: NaiveDate, day: NaiveDate) -> usize {
    let number = |day: NaiveDate| day.year() * 12 + day.month0().cast_signed();
    usize::try_from(number(day) - number(first_day)).unwrap_or(0)
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

    fn is_inside(size: Size, totals: &[usize], target: Option<u32>, until: Option<NaiveDate>) {
        let chart = Chart::of(size, Lang::Lv, &months(totals), target, until).unwrap();
        let pace = chart.pace.iter().flat_map(|pace| [&pace.from, &pace.to]);
        for point in chart.points.iter().chain(pace) {
            let (x, y) = (point.x, point.y);
            assert!(
                (size.left..=size.width - size.right).contains(&x),
                "{chart:?}"
            );
            assert!(
                (size.top..=size.height - size.bottom).contains(&y),
                "{chart:?}"
            );
        }
        assert!(chart.labels.len() <= size.labels && chart.rules.len() >= 2);
        assert_eq!(chart.target_y.is_some(), target.is_some());
        assert!(chart.target_y.is_none_or(|y| y >= size.top));
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
                for until in [
                    None,
                    Some("2025-03-31"),
                    Some("2026-02-20"),
                    Some("2029-12-31"),
                ] {
                    let until = until.map(|day| day.parse().unwrap());
                    for size in [WIDE, NARROW] {
                        is_inside(size, &totals, target, until);
                    }
                }
            }
        }
    }

    #[test]
    fn the_axis_reaches_a_distant_target_and_the_last_month() {
        let until = "2029-12-31".parse().ok();
        let chart = Chart::of(WIDE, Lang::Lv, &months(&[0, 60]), Some(1200), until).unwrap();
        let top: Vec<_> = chart.rules.iter().map(|rule| rule.text.as_str()).collect();
        assert_eq!(top.last(), Some(&"1200"));
        assert_eq!(chart.target_y, Some(WIDE.top));
        let newest = chart.points.last().unwrap();
        let bottom = WIDE.height - WIDE.bottom;
        let height = (bottom - newest.y) / (bottom - WIDE.top);
        assert!(
            (0.045..0.055).contains(&height),
            "60 of 1200 is a twentieth: {height}"
        );
        let pace = chart.pace.unwrap();
        assert_eq!((pace.from.x, pace.from.y), (newest.x, newest.y));
        assert_eq!((pace.to.x, pace.to.y), (WIDE.width - WIDE.right, WIDE.top));
        assert_eq!(
            chart.labels.last().unwrap().text,
            Lang::Lv.month_short("2029-12-01".parse().unwrap())
        );
    }

    #[test]
    fn a_reached_target_or_a_programme_that_is_over_has_no_line_of_its_pace() {
        for (totals, until) in [
            ([0, 1300], Some("2029-12-31")),
            ([0, 60], Some("2026-02-20")),
            ([0, 60], None),
        ] {
            let until = until.map(|day| day.parse().unwrap());
            let chart = Chart::of(WIDE, Lang::Lv, &months(&totals), Some(1200), until).unwrap();
            assert!(chart.pace.is_none(), "{totals:?}");
        }
    }

    #[test]
    fn one_month_makes_no_line() {
        assert!(Chart::of(WIDE, Lang::Lv, &months(&[3]), None, None).is_none());
    }
}
