setup-title = Set up this station
setup-messages = Messages and sound
setup-hear = Hear the alarm
setup-code = Code
setup-label = Name
setup-code-what = Capitals, digits and hyphens, as EC1-01. Code and name hold from the next start of the console.
setup-continue = Continue to sign-in
setup-skip = Not now
