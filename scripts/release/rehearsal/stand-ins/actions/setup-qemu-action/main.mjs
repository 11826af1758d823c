// Docker is not here: nothing is to be emulated.
