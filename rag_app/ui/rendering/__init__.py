"""All HTML of the page. Values come in, HTML goes out; whatever a document, a model or a visitor wrote is escaped."""
