"""What passes between rooms: columns, periods, types, tickets, Facts, findings and results. No logic."""
