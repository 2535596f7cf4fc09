"""What people see in a browser: pages that are whole without a script, and forms that are safe to send twice."""
