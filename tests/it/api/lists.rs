//! What is understood of lists.

use super::*;

#[test]
fn pins_keep_every_id_in_order_or_are_not_understood() {
    let odd = json!(["98905953", 98_905_970, "93645911+118825642", "98905953", "", "x y"]);
    let read = ids(&["98905953", "98905970", "93645911+118825642", "98905953", "", "x y"]);
    for call in [Call::Pins, Call::SetPins(vec![])] {
        assert_eq!(in_every_wrapping::<Vec<Id>>(&call, &json!({ "pinned_conversation_ids": odd })), read);
        assert_eq!(in_every_wrapping::<Vec<Id>>(&call, &odd), read);
        for nothing in [json!(null), json!([])] {
            assert_eq!(in_every_wrapping::<Vec<Id>>(&call, &json!({ "pinned_conversation_ids": nothing })), vec![]);
        }
    }
    let many: Vec<String> = (0..5000).map(|n| n.to_string()).collect();
    assert_eq!(in_every_wrapping::<Vec<Id>>(&Call::Pins, &json!({ "pinned_conversation_ids": many })).len(), 5000);
    for broken in [r#"{"pinned_conversation_ids":["1",null]}"#, r#"{"pinned_conversation_ids":"1"}"#, "5", "{}"] {
        assert!(matches!(decode(&Call::Pins, broken), Err(ApiError::Garbled { .. })), "{broken}");
    }
    assert!(matches!(decode(&Call::SetPins(vec![]), r#"["1",{}]"#), Err(ApiError::Unknown { .. })));
}

#[test]
fn a_listing_with_an_unreadable_row_is_neither_short_nor_complete() {
    let mut rows: Vec<Value> = (0..100).map(|n| json!({ "id": n, "name": format!("Group {n}"), "image_url": "" })).collect();
    let page: Page<Group> = in_every_wrapping(&Call::Groups(1), &json!(rows));
    assert!(page.has_next() && page.is_complete());
    assert_eq!((page.rows[7].id.as_str(), page.rows[7].name.raw(), &page.rows[7].image_url), ("7", "Group 7", &None));
    rows[3] = json!(null);
    let page: Page<Group> = in_every_wrapping(&Call::Groups(1), &json!(rows));
    assert!(page.has_next() && !page.is_complete());
    rows.pop();
    let page: Page<Group> = in_every_wrapping(&Call::FormerGroups, &json!(rows));
    assert!(!page.has_next());
}

#[test]
fn chats_and_standings_are_read_row_by_row() {
    let chats = json!([
        { "other_user": { "id": "118825642", "name": "Ann", "avatar_url": null }, "last_message": {} },
        { "other_user": { "id": 5, "avatar_url": "https://i.groupme.com/1" } },
        { "other_user": null }
    ]);
    let page: Page<Chat> = in_every_wrapping(&Call::Chats(1), &chats);
    assert_eq!(page.rows.iter().map(|chat| chat.user_id.as_str()).collect::<Vec<_>>(), ["118825642", "5"]);
    assert!(!page.is_complete());
    let states =
        json!([{ "group_id": 1, "state": "active" }, { "group_id": "2", "state": "exited_removed" }, { "group_id": "3", "state": 4 }]);
    let page: Page<MembershipState> = in_every_wrapping(&Call::MembershipStates, &states);
    let read: Vec<_> = page.rows.into_iter().map(|row| (row.group_id, row.state)).collect();
    let odd = Membership::Other("4".into());
    assert_eq!(read, [("1".into(), Membership::Active), ("2".into(), Membership::Removed), ("3".into(), odd)]);
}

#[test]
fn topics_have_numbers_for_ids_and_their_name_under_two_keys() {
    let call = Call::Topics("9".into(), 1);
    let rows = json!([{ "id": 1, "parent_id": 9, "topic": "Recipes" }, { "id": "2", "name": "Trips" }, { "parent_id": 9 }]);
    let page: Page<Topic> = in_every_wrapping(&call, &rows);
    let topic = |id: &str, name: &str| Topic { id: id.into(), parent: "9".into(), name: name.into() };
    assert_eq!(page.rows, [topic("1", "Recipes"), topic("2", "Trips")]);
    assert!(!page.is_complete());
    assert_eq!(decode(&call, ""), Ok(Reply::Topics(Page { rows: vec![], sent: None, bytes: 0 })));
}

#[test]
fn schools_come_as_a_list_as_one_object_or_not_at_all() {
    let school = json!({ "id": 1928, "name": "State University", "short_name": "State U" });
    for content in [json!([school]), school.clone()] {
        let schools: Vec<School> = in_every_wrapping(&Call::Schools, &content);
        assert_eq!((schools.len(), schools[0].id.as_str(), schools[0].name.raw()), (1, "1928", "State University"));
    }
    assert_eq!(in_every_wrapping::<Vec<School>>(&Call::Schools, &json!([])), []);
    assert_eq!(decode(&Call::Schools, ""), Ok(Reply::Schools(vec![])));
}

#[test]
fn majors_are_read_flat_and_grouped() {
    let one = json!({ "id": 3702, "name": "Statistics", "glyph": "x", "assetId": 3 });
    let two = json!({ "id": "5506", "name": "Sociology" });
    let flat = json!([one, two]);
    let grouped = json!([{ "id": "sci", "name": "Science", "entries": [one] }, { "name": "Society", "majors": [two] }]);
    let keyed = json!({ "Science": [one], "Society": [two] });
    let map = json!({ "3702": "Statistics", "5506": "Sociology" });
    let map_of_objects = json!({ "3702": { "name": "Statistics", "category": "Science" }, "5506": { "name": "Sociology" } });
    let keyed_map = json!({ "Science": { "3702": "Statistics" }, "Society": { "5506": { "name": "Sociology" } } });
    let science = Some("Science");
    for (content, category) in
        [(flat, None), (grouped, science), (keyed, science), (map, None), (map_of_objects, science), (keyed_map, science)]
    {
        let Ok(Reply::Majors(majors)) = decode(&Call::Majors(ListHost::Document), &content.to_string()) else { panic!("{content}") };
        let read: Vec<_> = majors.iter().map(|major| (major.code.as_str(), major.name.raw())).collect();
        assert_eq!(read, [("3702", "Statistics"), ("5506", "Sociology")]);
        assert_eq!(majors[0].category.as_ref().map(RawText::raw), category);
    }
    assert!(matches!(decode(&Call::Majors(ListHost::Document), "[]"), Err(ApiError::Garbled { .. })));
}

#[test]
fn an_interest_under_two_categories_is_listed_once() {
    let content = json!([
        { "id": 1, "name": "Outdoors", "entries": [{ "id": 1026, "name": "Hiking", "glyph": "🥾" }, { "id": 1005, "name": "Camping" }] },
        { "id": 2, "name": "Sports", "entries": [{ "id": "1026", "name": "Hiking" }, { "id": 3015, "name": "Chess" }] }
    ]);
    let Ok(Reply::Interests(interests)) = decode(&Call::Interests(ListHost::Document), &content.to_string()) else { panic!() };
    let read: Vec<_> = interests.iter().map(|one| (one.id.as_str(), one.category.as_ref().unwrap().raw())).collect();
    assert_eq!(read, [("1026", "Outdoors"), ("1005", "Outdoors"), ("3015", "Sports")]);
}

#[test]
fn an_upload_tells_where_the_picture_is() {
    let url = "https://i.groupme.com/1x1.jpeg.00";
    for content in
        [json!({ "payload": { "url": url, "picture_url": url } }), json!({ "payload": { "url": url } }), json!({ "picture_url": url })]
    {
        assert_eq!(in_every_wrapping::<RawText>(&Call::Upload(vec![].into()), &content), url.into());
    }
    assert!(matches!(decode(&Call::Upload(vec![].into()), r#"{"payload":{"url":null}}"#), Err(ApiError::Unknown { .. })));
}
