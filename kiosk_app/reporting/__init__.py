"""What is told to the province: position, status, alarms, cases, services, ratings and sessions."""
