"""The staff themselves: accounts, dated roles, stand-ins, handing over. Not one of the seven."""
