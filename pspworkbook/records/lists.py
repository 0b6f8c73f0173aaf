"""The fixed lists of the guide as choices, with the keys of ``data/guide/checklists.yaml`` and short words.

Records stand below the guide's files and cannot read them; a test holds the two together.
"""

from pspworkbook.records.fields import choice

HowFar = choice(yes="Yes", partly="Partly", no="No")
EntryTest = choice(
    partners="A lead from each sector",
    commitment="Lasting commitment",
    change="A change that fits local outcomes",
    sroi="Readiness to measure",
    difference="A real difference to services",
)
Feature = choice(
    **{
        "user-needs": "Users first",
        "resources": "Resources where they count",
        "strengths": "Every sector's strengths",
        "dialogue": "Good conversation",
        "shared-aims": "Partners with the same aims",
        "service-and-money": "Services and money planned together",
        "providers-plans": "Help for providers' plans",
        "shared-intelligence": "Shared knowledge",
    }
)
Group = choice(
    **{
        "users": "People who use the service, or might",
        "carers": "Carers and families",
        "commissioners": "Commissioners",
        "advice": "Advice and benefits agencies",
        "providers": "Providers",
        "housing": "Housing associations",
        "employability": "Employability agencies",
        "community-councils": "Community councils",
    }
)
PspPrinciple = choice(
    **{
        "best-design": "Best design for the community",
        "co-production": "Made together from the start",
        "no-own-agenda": "Not for our own sake",
        "innovation": "New ideas from many sides",
        "enterprising": "Enterprising on both sides",
        "equal": "Equal partners",
        "own": "One of our own",
    }
)
BenefitKind = choice(choice="Choice", quality="Quality", social="Social", cultural="Cultural", financial="Financial")
BenefitFor = choice(
    users="Users and communities",
    commissioners="Public sector commissioners",
    providers="Third sector providers",
)
Challenge = choice(
    **{
        "time": "It takes time and effort",
        "strength": "It has to stand strain",
        "strategic-commitment": "It needs backing at the top",
        "resistance": "People may resist",
        "provider-risk": "Providers take a risk",
        "engagement": "Engaging people is hard work",
        "boundaries": "Areas and budgets may not match",
        "law": "The law needs care",
        "own": "One of our own",
    }
)
MarketHeading = choice(
    **{
        "size": "Size",
        "providers": "Providers",
        "strength": "Strength",
        "customers": "Customers",
        "buying": "How services are bought",
        "outside-factors": "Outside factors",
        "collaboration": "Collaboration",
        "openness": "Openness",
    }
)
FormingStep = choice(
    **{
        "select": "Choose partners",
        "co-produce": "Design together",
        "pilot": "Pilot or not",
        "procurement": "Be clear about procurement",
        "review": "Review with trust",
    }
)
LeadFunderVariant = choice(
    **{
        "information-provider": "Information Provider",
        "reporting-lead": "Reporting Lead",
        "funding-co-ordinator": "Funding Co-ordinator",
        "lead-manager": "Lead Manager",
        "none": "No Lead Funder",
    }
)
SubsidyPrinciple = choice(
    a="A. A policy objective that mends a market failure or an inequity",
    b="B. In proportion, and no more than is needed",
    c="C. It changes what the receiver does",
    d="D. It does not pay for what would be paid for anyway",
    e="E. The right instrument; nothing less distorting would do",
    f="F. Little harm to competition and investment",
    g="G. The good outweighs the harm",
)
PilotReason = choice(
    **{
        "real-test": "For: a real test for little money",
        "other-funders": "For: other funders",
        "wins-people": "For: it wins people over",
        "lessons": "For: lessons in any case",
        "later": "Against: the full benefit comes later",
        "chance-lost": "Against: the moment may pass",
        "cost": "Against: costs up front",
        "half-hearted": "Against: half-hearted support",
        "over-resourced": "Against: too much support",
    }
)
PilotQuestionKey = choice(
    selection="Choosing providers",
    purpose="Purpose",
    specification="Specification",
    knowledge="Knowledge",
    timing="Timing",
    price="Price",
    advantage="Advantage",
)
