package dev.virtmem.persist;

import dev.virtmem.store.StoreException;
import java.util.ArrayList;
import java.util.List;

/** Finds out, when a pool is opened, which places its last commit needs: reads all its tables. */
final class PlaceScan {
  private final PoolShape shape;
  private final PlaceMap places;
  private final PageTables tables;
  private final List<String> damages = new ArrayList<>();

  PlaceScan(PoolShape shape, PlaceMap places, PageTables tables) {
    this.shape = shape;
    this.places = places;
    this.tables = tables;
  }

  /** Enters the places into the map; returns what is wrong. */
  List<String> run() {
    long[] root = tables.root();
    for (int table = 0; table < root.length; table++) {
      if (root[table] != Entry.NONE) {
        hold(Entry.place(root[table]), "table " + table);
        scan(table);
      }
    }
    return damages;
  }

  private void scan(int table) {
    int first = table * shape.perTable();
    int end = (int) Math.min((long) first + shape.perTable(), shape.dataPages());
    try {
      for (int page = first; page < end; page++) {
        long entry = tables.entry(page);
        if (entry != Entry.NONE) {
          hold(Entry.place(entry), "page " + page);
        }
      }
    } catch (StoreException e) {
      damages.add(e.getMessage());
    }
  }

  private void hold(int place, String whose) {
    if (!places.isPlace(place) || !places.hold(place)) {
      damages.add(
          whose + " is said to lie at place " + place + ", which is taken or does not exist");
    }
  }
}
