"""Di luar LKE, sesuai permintaan instansi: action items on a list of their own, never in a score."""
