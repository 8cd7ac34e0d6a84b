import MarginModel

extension CaseReply {
    /// A member's share, and in a mutual pool its standing.
    struct Member: Encodable {
        let id: String
        let standAlone: Levels
        let component: Levels
        let share: Levels
        let excess: Levels
        private let standing: CaseAnswer.Standing?

        init(_ member: CaseAnswer.Member) {
            id = member.id
            standAlone = Levels(member.standAlone)
            component = Levels(member.component)
            share = Levels(member.share)
            excess = Levels(member.excess)
            standing = member.standing
        }

        private enum Key: String, CodingKey {
            case id, standAlone, component, share, excess
            case pledge, contributionNeeded, ringFence, withdrawable, canLeave, excessWithout, betaWithout
        }

        func encode(to encoder: any Encoder) throws {
            var json = encoder.container(keyedBy: Key.self)
            try json.encode(id, forKey: .id)
            try json.encode(standAlone, forKey: .standAlone)
            try json.encode(component, forKey: .component)
            try json.encode(share, forKey: .share)
            try json.encode(excess, forKey: .excess)
            guard let standing else { return }
            try json.encode(Levels(standing.pledge), forKey: .pledge)
            try json.encode(standing.contributionNeeded, forKey: .contributionNeeded)
            try json.encode(standing.ringFence.map { "\($0)" }, forKey: .ringFence)
            try json.encode(standing.withdrawable, forKey: .withdrawable)
            try json.encode(standing.canLeave, forKey: .canLeave)
            try json.encode(standing.excessWithout, forKey: .excessWithout)
            try json.encode(standing.betaWithout, forKey: .betaWithout)
        }
    }

    /// What a mutual pool has in common.
    struct Mutual {
        let poolExcess: Levels
        let beta: Double
        let isExact: Bool
        let cover: Cover

        struct Cover: Encodable {
            let stress: Double
            let funds: Double
        }

        init(_ mutual: CaseAnswer.Mutual) {
            poolExcess = Levels(mutual.poolExcess)
            beta = mutual.beta
            isExact = mutual.isExact
            cover = Cover(stress: mutual.stress, funds: mutual.funds)
        }
    }

    /// The components of an answer; a mutual pool's credit is the last of them, so that they sum to the requirement.
    static func components(_ answer: CaseAnswer) -> [Component] {
        let parts = answer.components.map {
            Component(name: "\($0.component)", initial: $0.initial, maintenance: $0.maintenance)
        }
        guard let credit = answer.mutual?.credit, credit.initial != 0 || credit.maintenance != 0 else { return parts }
        return parts + [Component(name: "credit", initial: -credit.initial, maintenance: -credit.maintenance)]
    }
}
