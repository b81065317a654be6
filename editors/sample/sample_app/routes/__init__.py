"""One module for each part of the service, each with a router of its own."""
