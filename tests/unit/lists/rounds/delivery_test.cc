#include "lists/rounds/delivery.h"

#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

class Rosters : public ScratchList {
 protected:
  void join(const std::string& address) const {
    auto state = writer();
    ASSERT_TRUE(state->add_member(kCooks, store::Member{*mail::Address::parse(address), "", 0, 1, 0}).value());
    ASSERT_TRUE(state->commit().ok());
  }
  void remove() const {
    auto state = writer();
    ASSERT_TRUE(state->remove_list(kCooks).ok());
    ASSERT_TRUE(state->commit().ok());
  }
  // Of the list as it is now.
  spool::RosterQuery query() const { return {kCooks, reader()->change_number().value(), 0, 0, 0, ""}; }
  Result<spool::RosterPage> page(const spool::RosterQuery& query) const {
    return flush_help(*site_).roster(query, {""}, 10);
  }
};

TEST_F(Rosters, AreThoseOfTheTimeOfThePost) {
  join("ann@example.com");
  const spool::RosterQuery then = query();
  join("bob@example.com");
  EXPECT_EQ(page(then).value().recipients, std::vector<std::string>{"ann@example.com"});
}

TEST_F(Rosters, OfARemovedListAreMissing) {
  join("ann@example.com");
  const spool::RosterQuery then = query();
  remove();
  ASSERT_FALSE(page(then).ok());
  EXPECT_EQ(page(then).error().kind, ErrorKind::missing);
}

TEST_F(Rosters, OfARemovedListAreNotThoseOfItsSuccessor) {
  join("ann@example.com");
  const spool::RosterQuery then = query();
  remove();
  join("ann@example.com");
  EXPECT_FALSE(page(then).ok());
  EXPECT_EQ(page(query()).value().recipients, std::vector<std::string>{"ann@example.com"});
}

TEST_F(Rosters, SayNothingWithoutADatabase) {
  const spool::RosterQuery then = query();
  std::filesystem::remove_all(site_->database_directory());
  ASSERT_FALSE(page(then).ok());
  EXPECT_EQ(page(then).error().kind, ErrorKind::again);
}

}  // namespace
}  // namespace majlis::lists
