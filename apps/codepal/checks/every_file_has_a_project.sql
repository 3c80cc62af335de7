select f.id from project_files f left join projects p on p.id = f.project_id where p.id is null;
