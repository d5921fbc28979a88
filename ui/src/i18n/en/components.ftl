components-nobody-yet = Nobody yet
components-close = Close
