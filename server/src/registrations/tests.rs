//! Places: registering at once, and random sequences of actions against a model.
