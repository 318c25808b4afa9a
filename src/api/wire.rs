//! JSON shapes of the service and their oddities, in both directions.
