"""An invented organisation with the plan modelled on a public one, and how it comes into a database."""
