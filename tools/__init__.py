"""Programs beside the dashboard, for whoever builds it; nothing here is needed to serve."""
