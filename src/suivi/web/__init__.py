"""The pages: they fetch and authorise, call a command or a query, and render. No rules, no arithmetic."""
