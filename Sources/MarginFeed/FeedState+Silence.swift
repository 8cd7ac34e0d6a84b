import MarginDomain

/// Noticing that nothing is heard.
extension FeedState {
    /// Looks after everything that time alone changes; called when what had arrived is taken.
    mutating func tick(now: Timestamp, into effects: inout FeedEffects) {
        listening.advance(to: now)
        for place in entries.indices {
            let silence = listening.now - entries[place].lastHeard
            if silence > configuration.heartbeatDeadline { entries[place].isSilent = true }
            announce(place, into: &effects)
        }
        askForMissing(now: now, into: &effects)
        if now >= nextReport { effects.needsReport = true }
        if effects.needsReport { nextReport = now + configuration.reportInterval }
    }

    /// How long the feed may sleep at most if nothing arrives.
    var sleepMax: Duration64 { min(listening.stepMax, configuration.reportInterval, configuration.recoveryPause) }
}
