// The story that the file holds, as objects: what story/export/dashboard/data.py writes, and no more.

const OPEN_END = 3652060; // the end of a span that has none, as tables.py has it

class State {
  constructor(number, event, row) {
    [this.since, this.order, this.at, this.level, this.sure, this.time, this.journeyOrder, this.instant, this.shown, this.reason, this.outline] = row;
    Object.assign(this, { number, event });
    this.report = event.reports[this.at];
  }

  get id() { return this.event.id; }
  get title() { return this.report.title; }
  get status() { return this.report.status; }
  get who() { return this.report.who; }
  get place() { return this.report.place; }
  get span() { return this.report.span; }
  get source() { return this.report.source; }
  get where() { return this.place ? this.place.name : this.report.placeName; }
  /** All that is known of the event in this state, the oldest first. */
  get reports() { return this.event.reports.filter((report) => report.day <= this.since); }
}

/** {events, states, people, places, days, …} of the JSON; texts, people, places and spans stand where their numbers stood. */
function readStory(raw) {
  const text = (number) => raw.texts[number];
  const people = raw.who.map(([name, colour, travels, bySea, kind]) => ({ name, colour, travels: Boolean(travels), bySea: Boolean(bySea), kind }));
  const places = raw.places.map(([id, name, latitude, longitude, kind, country, facts], number) => (
    { number, id, name, latitude, longitude, turned: raw.longitudes[number], kind, country, facts }
  ));
  const spans = raw.spans.map(([words, first, last, begins, ends, flags]) => (
    { words: text(words), first, last, begins, ends, lasts: Boolean(flags & 1), firm: Boolean(flags & 2) }
  ));
  const more = (row) => row && {
    own: row[0].map(([name, words, href]) => ({ name: text(name), words: text(words), href: text(href) })),
    archive: text(row[1]),
    media: row[2].map(([kind, address, caption, credit, graphic]) => ({ kind, address: text(address), caption: text(caption), credit: text(credit), graphic })),
  };
  const readReport = ([day, title, summary, who, placeName, span, status, source, url, note, place, rest]) => ({
    day, title: text(title), summary: text(summary), who: who.map((one) => people[one]), placeName: text(placeName), span: spans[span],
    status: raw.statuses[status], source: text(source), url: text(url), note: text(note), place: places[place], ...more(rest),
  });
  const states = [];
  const events = raw.events.map(([id, reports, own], at) => {
    const event = { id, at, reports: reports.map(readReport) };
    event.states = own.map((row) => new State(states.length, event, row)).map((state) => {
      state.number = states.push(state) - 1;
      return state;
    });
    return event;
  });
  for (const state of states) Object.assign(state, { time: text(state.time), reason: text(state.reason), sure: raw.sures[state.sure] });
  return { ...raw, people, places, spans, events, states, text, everyone: raw.everyone.map((number) => people[number]) };
}
