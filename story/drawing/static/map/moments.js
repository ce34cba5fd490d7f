// What is to be seen at each step of a story that is played: functions of what story/drawing/play.py writes, and no more.
(function () {
  "use strict";

  const STATUSES = ["happened", "scheduled", "expected", "possible", "cancelled"];
  const HAPPENED = 0, CANCELLED = 4;
  // More ways than these are a tangle: the latest are shown.
  const MOST_WAYS = 200;
  const EPOCH = 719163; // the ordinal of January 1, 1970
  const DAY = 86400000;

  const ordinal = (isoDay) => Date.parse(`${isoDay}T00:00Z`) / DAY + EPOCH;
  const isoDay = (day) => new Date((day - EPOCH) * DAY).toISOString().slice(0, 10);

  /** The short forms as objects. Of each event `final` is what is known of it at last, and `day` when it is its turn. */
  function readPlay(data) {
    const events = data.events.map(([id, who, states]) => {
      let title = "";
      const all = states.map(([since, status, place, first, last, named, when, shown]) => {
        title = named || title;
        return { since, status, place, first, last, title, when, shown };
      });
      const final = all[all.length - 1];
      return { id, who, states: all, final, day: final.first || final.last };
    });
    const legs = data.legs.map(([who, start, end, travelled, points]) => (
      { who, start, end, travelled, points, from: events[start].final.place, to: events[end].final.place }
    )).sort((a, b) => a.end - b.end);
    const known = (data.known ?? []).map(([who, start, end, from, to, travelled, points, first, until]) => (
      { who, start, end, from, to, travelled, points, first, until: until || Infinity }
    ));
    return { ...data, events, legs, known };
  }

  /** What was known of an event on a day; undefined where nothing was. */
  function stateOn(event, day) {
    let found;
    for (const state of event.states) if (state.since <= day) found = state;
    return found;
  }

  function put(places, state, now, ahead) {
    if (state.place < 0) return;
    let there = places.get(state.place);
    if (!there) places.set(state.place, there = { count: 0, statuses: new Set(), ahead: true, now: false });
    there.count += 1;
    there.statuses.add(STATUSES[state.status]);
    there.ahead = there.ahead && ahead;
    there.now = there.now || now;
  }

  /**
   * The story when it is the turn of event `step`: {day, places, legs, at, now}.
   * `places`: number of a place -> {count, statuses, ahead: nothing there has had its turn, now: it is its turn}.
   * `legs`: {who, from, to, kind}, kind "done", "plan" (its end had its turn, and is still a plan) or "ahead" (known to
   * be planned); with `moving` where it ends in this event. `at`: who -> the event that they were last heard of in.
   * With a `window`, a number of days, only what had its turn within it.
   */
  function timeAt(story, step, window = Infinity) {
    const { events, timed } = story;
    const day = events[step].day;
    const recent = (event) => day - (event.final.last || event.final.first) < window;
    const places = new Map(), at = new Map();
    for (let i = 0; i <= step; i++) {
      const { final, who } = events[i];
      if (final.status !== CANCELLED && final.place >= 0) for (const one of who) at.set(one, i);
      // What was cancelled stands as a plan until its turn comes, and goes.
      if (final.status === CANCELLED ? i === step : recent(events[i])) put(places, final, i === step, final.status !== HAPPENED);
    }
    for (let i = step + 1; i < timed; i++) {
      const known = stateOn(events[i], day);
      // Without a day of its own nobody can say that it was known before.
      if (known && known.since && known.shown && known.status !== CANCELLED) put(places, known, false, true);
    }
    return { day, places, legs: waysAt(story, step, day, recent), at, now: [step] };
  }

  function waysAt({ events, legs, known }, step, day, recent) {
    const ways = [];
    for (let i = legs.length - 1; i >= 0 && ways.length < MOST_WAYS; i--) {
      const leg = legs[i];
      if (leg.end > step || leg.start > step || !recent(events[leg.end])) continue;
      ways.push({ ...leg, kind: leg.travelled ? "done" : "plan", moving: leg.end === step });
    }
    for (const leg of known) {
      if (ways.length >= MOST_WAYS) break;
      if (leg.first <= day && day < leg.until && leg.end > step && !leg.travelled) ways.push({ ...leg, kind: "ahead", moving: false });
    }
    return ways.reverse();
  }

  /** The same as known on the day of reports number `step`; `now` are the events of which something new was known. */
  function knownAt(story, step) {
    const day = story.days[step][0];
    const places = new Map(), now = [];
    story.events.forEach((event, number) => {
      const known = stateOn(event, day);
      if (!known) return;
      const news = known.since === day;
      const before = stateOn(event, day - 1);
      // What the filter leaves no longer has gone, which is news too.
      if (news && (known.shown || before?.shown)) now.push(number);
      if (known.shown) put(places, known, news, known.status !== HAPPENED);
    });
    const legs = story.known
      .filter((leg) => leg.first <= day && day < leg.until)
      .slice(-MOST_WAYS)
      .map((leg) => ({ ...leg, kind: leg.travelled ? "done" : "plan", moving: false }));
    return { day, places, legs, at: new Map(), now };
  }

  /** The last step whose day is not after `day`; 0 where all are. */
  function stepOn(story, mode, day) {
    const last = mode === "known" ? story.days.length : story.timed;
    let step = 0;
    while (step + 1 < last && dayOf(story, mode, step + 1) <= day) step += 1;
    return step;
  }

  const dayOf = (story, mode, step) => (mode === "known" ? story.days[step][0] : story.events[step].day);

  /** The way between two [latitude, longitude] the short way round, its longitudes running on from the first. */
  function greatCircle(a, b) {
    const rad = Math.PI / 180;
    const vector = ([lat, lon]) => [Math.cos(lat * rad) * Math.cos(lon * rad), Math.cos(lat * rad) * Math.sin(lon * rad), Math.sin(lat * rad)];
    const p = vector(a), q = vector(b);
    const angle = Math.acos(Math.max(-1, Math.min(1, p[0] * q[0] + p[1] * q[1] + p[2] * q[2])));
    const beside = (lon, near) => lon + 360 * Math.round((near - lon) / 360);
    // Opposite points have no one short way: a straight line on the map is as good as any.
    if (angle < 1e-6 || Math.PI - angle < 1e-6) return [a, [b[0], beside(b[1], a[1])]];
    const count = Math.max(2, Math.min(64, Math.ceil(angle / rad / 1.5)));
    const line = [a];
    for (let i = 1; i <= count; i++) {
      const f = Math.sin((1 - i / count) * angle) / Math.sin(angle), g = Math.sin((i / count) * angle) / Math.sin(angle);
      const [x, y, z] = p.map((one, axis) => f * one + g * q[axis]);
      line.push([Math.atan2(z, Math.hypot(x, y)) / rad, beside(Math.atan2(y, x) / rad, line[i - 1][1])]);
    }
    return line;
  }

  window.dateline = Object.assign(window.dateline || {}, {
    STATUSES, readPlay, timeAt, knownAt, stepOn, dayOf, stateOn, greatCircle, ordinal, isoDay,
  });
})();
