# What customers read while a processor has trouble.
incident-trouble = Payments through { $house } have trouble at the moment. You need not do anything: a payment that is under way is settled as soon as we know how it ended.
