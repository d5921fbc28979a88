// Every screen and state of the gallery: name, what the console says, place.
export const SCREENS = [
  ['live', '', '#/monitor'],
  ['offline', '&conn=offline', '#/monitor'],
  ['catching-up', '&conn=catching', '#/monitor'],
  ['closed', '&conn=closed', '#/monitor'],
  ['broken', '&conn=broken', '#/monitor'],
  ['report', '', '#/monitor?report=new'],
  ['report-offline', '&conn=offline', '#/monitor?report=new'],
  ['incidents', '', '#/incidents'],
  ['quiet', '&conn=quiet', '#/incidents'],
  ['incident', '', '#/incidents/01990000-0000-7000-8000-000000000417'],
  ['batches', '', '#/batches'],
  ['review', '', '#/review'],
  ['outbox', '', '#/outbox'],
  ['notifications', '', '#/notifications'],
  ['settings', '', '#/settings'],
  ['sign-in', '&conn=out', '#/sign-in'],
];
