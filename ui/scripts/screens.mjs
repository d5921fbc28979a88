// Every screen and state of the gallery: name, what the console says, place, and what is pressed
// before it is looked at.
export const SCREENS = [
  ['live', '&conn=typing', '#/monitor', 'wait p[aria-live="off"]'],
  ['view', '', '#/monitor', '[data-opens="view"]'],
  ['day-sum', '', '#/monitor', '[data-opens="sum"]'],
  ['look-back', '', '#/monitor?at=1795515120000'],
  ['offline', '&conn=offline', '#/monitor'],
  ['catching-up', '&conn=catching', '#/monitor'],
  ['missed', '&conn=missed', '#/monitor'],
  ['closed', '&conn=closed', '#/monitor'],
  ['broken', '&conn=broken', '#/monitor'],
  ['palette', '', '#/monitor?jump=on'],
  ['palette-found', '', '#/monitor?jump=on', 'seek che104'],
  ['keys', '', '#/monitor?keys=on'],
  ['report', '', '#/monitor?report=new'],
  ['report-scan', '', '#/monitor?report=new', 'type [name="candidate"] BT/ITN/24/04'],
  ['report-touch', '&conn=offline', '#/hall/2?report=2:C9', 'type [name="candidate"] BT/ITN/24/04'],
  ['report-offline', '&conn=offline', '#/monitor?report=new'],
  ['incidents', '', '#/incidents'],
  ['incidents-filter', '', '#/incidents', '[data-opens="filter"]'],
  ['first-copy', '&conn=first', '#/incidents'],
  ['filling', '&conn=filling', '#/incidents', 'wait [data-testid="history-band"]'],
  ['quiet', '&conn=quiet', '#/incidents'],
  ['incident', '', '#/incidents/01990000-0000-7000-8000-000000000417'],
  ['incident-stuck-files', '', '#/incidents/01990000-0000-7000-8000-000000000415'],
  ['batches', '', '#/batches'],
  ['batches-late', '', '#/batches/BATCH-MAT151-2026'],
  [
    'batches-take',
    '&conn=before',
    '#/batches/BATCH-PHY122-2026',
    'aside [class*="actions"] button',
  ],
  ['batches-stages', '', '#/batches', 'header [role="group"] button:nth-child(2)'],
  ['hall', '', '#/hall/2?seat=C9'],
  ['hall-offline', '&conn=offline', '#/hall/2?seat=C9'],
  ['hall-before', '&conn=before', '#/hall/2'],
  ['clock', '', '#/clock/2'],
  ['timetable', '', '#/timetable'],
  ['timetable-clash', '', '#/timetable/2026-11-25?sitting=23'],
  ['timetable-moved', '', '#/timetable/2026-11-25?sitting=24'],
  ['timetable-move', '', '#/timetable/2026-11-25?sitting=23', '[data-opens="move"]'],
  ['timetable-know', '&conn=before', '#/timetable'],
  ['timetable-publish', '&conn=before', '#/timetable', '[data-opens="publish"]'],
  ['fortnight', '', '#/timetable/2026-11-25?view=fortnight&sitting=23'],
  ['timetable-list', '', '#/timetable?view=list'],
  ['review', '', '#/review'],
  ['review-found', '', '#/review?q=outage:10:31%20hall:SB2%20hall:GH%20booklet'],
  ['review-event', '', '#/review?q=in:incident&event=1481797'],
  ['review-filters', '', '#/review?q=in:incident', '[data-opens="filters"]'],
  ['review-outages', '', '#/review', '[data-opens="outages"]'],
  ['review-reader', '&conn=reader', '#/review?q=in:incident&event=1481797'],
  ['outbox', '', '#/outbox'],
  ['notifications', '', '#/notifications'],
  ['settings', '', '#/settings'],
  ['language', '', '#/settings/language'],
  ['shortcuts', '', '#/settings/shortcuts'],
  ['diagnostics', '', '#/settings/diagnostics'],
  ['stations', '', '#/settings/stations'],
  [
    'stations-suspend',
    '',
    '#/settings/stations',
    'section:nth-of-type(2) tbody tr:nth-child(2) button',
  ],
  ['stations-reader', '&conn=reader', '#/settings/stations'],
  ['wall', '', '#/monitor?wall=on'],
  ['new-password', '&conn=first-password', '#/monitor'],
  ['account', '', '#/settings/account'],
  ['account-factor', '&conn=with-factor', '#/settings/account'],
  ['sign-in', '&conn=out', '#/sign-in'],
  ['sign-in-code', '&conn=code', '#/sign-in', '[type="submit"]'],
  ['sign-in-factor', '&conn=second-factor', '#/sign-in', '[type="submit"]'],
  ['set-up', '&conn=new', '#/setup/server?server=elms.tughana.edu.gh'],
  ['set-up-away', '&conn=new-away', '#/setup/server?server=elms.tughana.edu.gh'],
  ['set-up-pair', '&conn=new', '#/setup/pair?server=elms.tughana.edu.gh'],
  ['set-up-pair-waits', '&conn=new-strict', '#/setup/pair?server=elms.tughana.edu.gh'],
  ['set-up-pair-in', '', '#/setup/pair'],
  ['set-up-use', '&conn=new', '#/setup/use?server=elms.tughana.edu.gh'],
  ['set-up-use-hall', '&conn=in-hall', '#/setup/use'],
  ['set-up-use-copy', '&conn=filling', '#/setup/use'],
  ['set-up-messages', '&conn=new', '#/setup/messages?server=elms.tughana.edu.gh'],
  [
    'set-up-messages-tried',
    '&conn=new',
    '#/setup/messages?server=elms.tughana.edu.gh',
    '[name="hear-alarm"]',
  ],
  ['review-desk', '&conn=desk', '#/review'],
  ['people', '&conn=out', '#/people'],
];

/** Before the name of what comes by itself, only not at once. */
const WAIT = 'wait ';

/** Before the field and what is typed into it. */
const TYPE = 'type ';

/** Before what is typed into the palette. */
const SEEK = 'seek ';

/** Opens what a screen shows only when it is pressed. */
export async function press(page, selector) {
  if (selector?.startsWith(TYPE)) {
    const [field, text] = selector.slice(TYPE.length).split(' ');
    await page.fill(field, text);
    await page.waitForSelector(`:has(> ${field}) li`);
  } else if (selector?.startsWith(SEEK)) {
    await page.fill('[role="dialog"] input', selector.slice(SEEK.length));
    await page.waitForSelector('[role="menuitem"] b.code');
  } else if (selector?.startsWith(WAIT)) {
    await page.waitForSelector(selector.slice(WAIT.length));
  } else if (selector) {
    await page.click(selector);
    // At the door there is a form before and after.
    const opened =
      selector === '[type="submit"]'
        ? '[data-testid="second"]'
        : '[role="dialog"], [role="menu"], form';
    await page.waitForSelector(opened);
  }
}
